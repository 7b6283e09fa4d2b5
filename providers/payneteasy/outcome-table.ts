/**
 * What an answer to payout, payout-by-ref or payout-check means (Payneteasy §9). `accepted`: the order exists and is
 * worked on. `refused`: it was not created. `ambiguous`: only the status tells.
 */
export type Outcome = 'accepted' | 'refused' | 'ambiguous';

export interface OutcomeRow {
  /** The answer's `type`. */
  readonly type: string;
  /** Does it name the gateway's order? */
  readonly orderId: 'present' | 'absent';
  readonly outcome: Outcome;
}

/** By type and by presence of an order id, never by text. Another type is `ambiguous`, and counted. */
export const OUTCOME_TABLE: readonly OutcomeRow[] = [
  { type: 'async-response', orderId: 'present', outcome: 'accepted' },
  // Not in the document: an order was accepted, but which?
  { type: 'async-response', orderId: 'absent', outcome: 'ambiguous' },
  { type: 'validation-error', orderId: 'absent', outcome: 'refused' },
  { type: 'validation-error', orderId: 'present', outcome: 'ambiguous' },
  { type: 'error', orderId: 'absent', outcome: 'refused' },
  { type: 'error', orderId: 'present', outcome: 'ambiguous' },
];

export function outcomeRow(type: string, hasOrderId: boolean): OutcomeRow | undefined {
  const orderId = hasOrderId ? 'present' : 'absent';
  return OUTCOME_TABLE.find((row) => row.type === type && row.orderId === orderId);
}

/**
 * What the HTTP status alone decides (Payneteasy §9). `read`: the body's type does. `forbidden`: signature, key or
 * clock; not created. `ambiguous`: the body, if there is one, is not believed.
 */
export type HttpOutcome = 'read' | 'forbidden' | 'ambiguous';

export const HTTP_TABLE: readonly {
  readonly from: number;
  readonly to: number;
  readonly outcome: HttpOutcome;
}[] = [
  { from: 200, to: 299, outcome: 'read' },
  { from: 403, to: 403, outcome: 'forbidden' },
  // The document assumes that nothing was created; one question with our id costs less than being wrong.
  { from: 429, to: 429, outcome: 'ambiguous' },
  { from: 400, to: 499, outcome: 'read' },
  { from: 500, to: 599, outcome: 'ambiguous' },
];

/** The first row that fits; a redirect, which nobody documents, is ambiguous. */
export function httpOutcome(status: number): HttpOutcome {
  return HTTP_TABLE.find(({ from, to }) => status >= from && status <= to)?.outcome ?? 'ambiguous';
}
