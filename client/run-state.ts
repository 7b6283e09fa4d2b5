import {
  EngineUnavailableError,
  PaymentNotFoundError,
  PayoutNotFoundError,
  StoredCardNotFoundError,
} from './errors.js';
import type { PaymentKey, PayoutKey, StoredCardKey } from '../domain/ids.js';
import type { Payment } from '../domain/payment.js';
import type { Payout } from '../domain/payout.js';
import type { StoredCardView } from '../domain/stored-card.js';
import type { PaymentState, RunState, StoreCardState } from '../workflows/messages.js';

/**
 * The payout of a run; undefined while the run may still become one.
 *
 * @throws PayoutNotFoundError if it never will
 */
export function payoutIfAny({ merchant, payoutId }: PayoutKey, state: RunState): Payout | undefined {
  switch (state.kind) {
    case 'payout':
      return state.payout;
    case 'accepting':
      return undefined;
    case 'refused':
    case 'conflict':
      throw new PayoutNotFoundError(`${merchant}/${payoutId} was refused and never became a payout`);
  }
}

/**
 * The payout of a run.
 *
 * @throws EngineUnavailableError while the run may still become a payout
 * @throws PayoutNotFoundError if it never will
 */
export function payoutOf(key: PayoutKey, state: RunState): Payout {
  const payout = payoutIfAny(key, state);
  if (!payout) throw payoutNotAccepted(key);
  return payout;
}

export function payoutNotAccepted({ merchant, payoutId }: PayoutKey): EngineUnavailableError {
  return new EngineUnavailableError(
    `${merchant}/${payoutId} is not accepted yet: the workers or the journal are slow or away. It may still be ` +
      'paid, so do not use another id for it; repeat the call',
  );
}

/** The stored card of a run, in the same way; a card that another run holds is one of that name all the same. */
export function storedCardIfAny(
  { merchant, storedCardId }: StoredCardKey,
  state: StoreCardState,
): StoredCardView | undefined {
  switch (state.kind) {
    case 'card':
      return state.card;
    case 'conflict':
      return state.original;
    case 'accepting':
      return undefined;
    case 'refused':
      throw new StoredCardNotFoundError(
        `${merchant}/${storedCardId} was refused and never became a stored card`,
      );
  }
}

export function storedCardNotAccepted({ merchant, storedCardId }: StoredCardKey): EngineUnavailableError {
  return new EngineUnavailableError(
    `${merchant}/${storedCardId} is not accepted yet: the workers or the journal are slow or away. Repeat the call`,
  );
}

/** The payment of a run, in the same way. */
export function paymentIfAny({ merchant, paymentId }: PaymentKey, state: PaymentState): Payment | undefined {
  switch (state.kind) {
    case 'payment':
      return state.payment;
    case 'conflict':
      return state.original;
    case 'accepting':
      return undefined;
    case 'refused':
      throw new PaymentNotFoundError(`${merchant}/${paymentId} was refused and never became a payment`);
  }
}

export function paymentNotAccepted({ merchant, paymentId }: PaymentKey): EngineUnavailableError {
  return new EngineUnavailableError(
    `${merchant}/${paymentId} is not accepted yet: the workers or the journal are slow or away. Repeat the call`,
  );
}
