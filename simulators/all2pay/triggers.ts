/** The deterministic triggers: `amount % 1000` says what becomes of a payout. All2pay payouts document §18. */
export type Trigger =
  | 'insufficient_funds'
  | 'limit'
  | 'restricted'
  | 'network_refusal'
  /** A challenge where the money comes from a payer's card, else row 27. */
  | '3ds'
  | 'pending'
  /** Paid, row 26, and not found for a while. */
  | 'hidden'
  | 'paid_but_500'
  | 'unpaid_and_500'
  | 'paid_but_hangs'
  /** The request is lost without a trace. */
  | 'swallowed';

const TRIGGERS: Readonly<Record<number, Trigger>> = {
  3: '3ds',
  6: 'network_refusal',
  7: 'pending',
  116: 'insufficient_funds',
  121: 'limit',
  404: 'hidden',
  500: 'paid_but_500',
  501: 'unpaid_and_500',
  504: 'paid_but_hangs',
  505: 'swallowed',
  902: 'restricted',
};

/** @param amount in kopecks */
export function triggerOf(amount: number): Trigger | undefined {
  return TRIGGERS[amount % 1000];
}
