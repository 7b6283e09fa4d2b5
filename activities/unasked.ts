import type { ActivityDeps } from './deps.js';
import { loadPayout } from './load-payout.js';
import type { PayoutKey } from '../domain/ids.js';
import type { Progress } from '../domain/provider-answer.js';
import { mayHaveLeft, type StoredPayout } from '../journal/port.js';
import type { PayoutProvider } from '../providers/port.js';

/** For an order that the provider calls paid although the request that would have it paid was never sent. */
export function paidUnasked({ payout }: StoredPayout): Progress {
  return {
    kind: 'contradiction',
    code: 'paid_unasked',
    message: `Order ${payout.orderId} is paid, says the provider, but the request to pay it was never sent`,
  };
}

/**
 * Was the last of the steps, which alone moves money, never sent? Read anew: another activity may have sent it since,
 * and its intent is in the journal before its first byte leaves (money rule 2).
 */
export async function wasNeverExecuted(
  deps: ActivityDeps,
  key: PayoutKey,
  provider: PayoutProvider,
): Promise<boolean> {
  const { request, attempts } = (await loadPayout(deps, key)).stored;
  const last = provider.steps(request).at(-1);
  return !attempts.some((attempt) => attempt.step === last && mayHaveLeft(attempt));
}
