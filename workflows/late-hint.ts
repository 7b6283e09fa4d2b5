import { askingLate } from './calls.js';
import type { LateHintInput } from './messages.js';

/**
 * One question about a payout or payment whose own workflow has ended, because a callback came that proves nothing by itself.
 * The journal makes of the answer what follows from it: a correction, a contradiction, or nothing.
 *
 * @returns the status in which it then stands
 */
export async function lateHint({ key, callbackId, ...plan }: LateHintInput): Promise<string> {
  const because = `callback ${callbackId}, after the end`;
  const late = askingLate(plan, `ask once: ${because}`);
  if ('paymentId' in key) {
    return (await late.askPayment({ key, because, mustAnswer: true })).payment.status;
  }
  return (await late.askStatus({ key, because, mustAnswer: true })).payout.status;
}
