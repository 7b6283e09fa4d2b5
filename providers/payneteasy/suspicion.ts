import type { NotPaid, StatusAnswer } from '../../domain/provider-answer.js';

/**
 * A money call's words pointed to a refusal; this is the status query that may make it one. An order that still waits
 * to be paid was not: the refusal of payout-pay stands (Payneteasy §6.4, §9). "No such order" confirms nothing: an
 * `error` that names an order id may still be approved (§9, §12 scenario 14).
 */
export function settleSuspicion(status: StatusAnswer, suspected: NotPaid | undefined): StatusAnswer {
  if (suspected === undefined || status.kind !== 'answered') return status;
  const { progress } = status;
  if (progress.kind === 'ready') return { ...status, progress: suspected };
  if (progress.kind !== 'not_paid' || progress.code !== 'declined') return status;
  // A decline without a code of its own says less than the first answer did.
  return { ...status, progress: { ...progress, code: suspected.code, message: suspected.message } };
}
