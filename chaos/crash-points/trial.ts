import { orderName } from '../plan/order-names.js';
import { MERCHANTS, type Obligation, type PaymentToTake } from '../plan/obligations.js';
import type { Flow } from './flows.js';
import type { CrashPoint } from './watch.js';

/** One payout or payment that is to come to its end although its worker dies at one point. */
export interface Trial {
  readonly flow: Flow;
  readonly number: number;
  /** Absent: nobody dies; the points are to be learnt. */
  readonly point?: CrashPoint | undefined;
}

/** No point of the worker's own: the provider has the request, and nobody has read the answer. */
export const AT_PROVIDER = 'request at the provider';

export function orderOf({ number }: Trial): string {
  return orderName(0, number);
}

export function idOf({ number }: Trial): string {
  return `T-${number}`;
}

/** One of them is found in every call that concerns it. */
export function idsOf(trial: Trial): readonly string[] {
  return [`"${idOf(trial)}"`, `"${orderOf(trial)}"`];
}

export function obligationsIn(trials: readonly Trial[]): readonly Obligation[] {
  return trials.flatMap((trial) => {
    const { flow, number } = trial;
    if (flow.kind !== 'payout') return [];
    const ids = { merchant: MERCHANTS[0], payoutId: idOf(trial), orderId: orderOf(trial) };
    const habits = { door: 'client', again: 'no', contradicts: false } as const;
    return [{ number, atMs: 0, request: { ...ids, ...flow.request(number) }, visit: 'complete', habits }];
  });
}

export function paymentsIn(trials: readonly Trial[]): readonly PaymentToTake[] {
  return trials.flatMap((trial) => {
    const { flow, number } = trial;
    if (flow.kind !== 'payment') return [];
    const ids = { merchant: MERCHANTS[0], paymentId: idOf(trial), orderId: orderOf(trial) };
    return [{ number, atMs: 0, request: { ...ids, ...flow.request(number) }, isDeclinedFirst: false }];
  });
}
