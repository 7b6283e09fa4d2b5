import { EngineUnavailableError, PayoutNotFoundError } from './errors.js';
import type { PayoutKey } from '../domain/ids.js';
import type { Payout } from '../domain/payout.js';
import type { RunState } from '../workflows/messages.js';

/**
 * The payout of a run.
 *
 * @throws EngineUnavailableError while the run may still become a payout
 * @throws PayoutNotFoundError if it never will
 */
export function payoutOf({ merchant, payoutId }: PayoutKey, state: RunState): Payout {
  switch (state.kind) {
    case 'payout':
      return state.payout;
    case 'accepting':
      throw new EngineUnavailableError(
        `${merchant}/${payoutId} is not accepted yet: the workers or the journal are slow or away. It may still be ` +
          'paid, so do not use another id for it; repeat the call',
      );
    case 'refused':
    case 'conflict':
      throw new PayoutNotFoundError(`${merchant}/${payoutId} was refused and never became a payout`);
  }
}
