import type { ActivityDeps } from './deps.js';
import { loadPayout } from './load-payout.js';
import { statusQueryOf } from './status-query.js';
import type { PayoutKey } from '../domain/ids.js';
import type { InquiryResult } from '../domain/inquiry.js';
import { toldBy } from '../domain/told.js';
import { mayHaveLeft } from '../journal/port.js';

/** Asks how a payout stands, for a person to read. Writes nothing: what follows from an answer is the workflow's to do. */
export async function askOrderStatus(
  deps: ActivityDeps,
  key: PayoutKey,
  signal: AbortSignal,
): Promise<InquiryResult> {
  const { stored, provider } = await loadPayout(deps, key);
  if (!stored.attempts.some(mayHaveLeft)) {
    return { kind: 'lacking', words: 'Nothing of this payout was sent, so there is nothing to ask about' };
  }
  return { kind: 'order_status', told: toldBy(await provider.status(statusQueryOf(stored), signal)) };
}
