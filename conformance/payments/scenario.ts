import type { OperationStatus } from '../../domain/payment-operation.js';
import type { PaymentStatus } from '../../domain/payment-status.js';
import type { OperationKind } from '../../domain/payment-transaction.js';
import type { PaymentCallbackFaultKind, PaymentFault } from './faults.js';
import type { CallbackTwist, Outcome, PayerDoes, Role, Way } from './words.js';
import type { Verdict } from '../../domain/verdict.js';

/** A refund, release or capture, by its own id. */
export interface AskedOperation {
  readonly deed: 'operate';
  readonly kind: OperationKind;
  readonly id: string;
  /** Of a refund: a part. */
  readonly minor?: number | undefined;
  /** Of several transactions: the last. */
  readonly last?: true | undefined;
  /** The same request so often at once. @default 1 */
  readonly times?: number | undefined;
  /** How it ends. `refused`: it never becomes one. `conflict`: its id is that of another. */
  readonly ends: OperationStatus | 'refused' | 'conflict';
}

/** One thing that somebody does to a payment. Those that expect an answer fail the scenario if it is another. */
export type PaymentDeed =
  | { readonly deed: 'payer'; readonly does: PayerDoes }
  | { readonly deed: 'wait_until'; readonly status: PaymentStatus }
  /** At the provider the order is over: what was begun has expired. */
  | { readonly deed: 'order_ends' }
  /** The hold runs out at the issuer. */
  | { readonly deed: 'hold_runs_out' }
  | { readonly deed: 'callback'; readonly twist: CallbackTwist; readonly taken: boolean }
  /** The same request again, `times` at once. */
  | { readonly deed: 'create_again'; readonly times: number }
  /** The same id for another amount: refused, naming the original. */
  | { readonly deed: 'create_other' }
  | AskedOperation
  /** A person settles an operation that nobody can prove. */
  | { readonly deed: 'settle'; readonly id: string; readonly verdict: 'done' | 'not_done' }
  /** A person decides about a payment in review. */
  | { readonly deed: 'resolve'; readonly verdict: Verdict };

export interface PaymentExpected {
  readonly status: PaymentStatus;
  /** How often money was taken. */
  readonly charges: 0 | 1 | 2;
  /** What was given back, in minor units. @default 0 */
  readonly back?: number | undefined;
  /** Requests that began it and arrived, where that is the point. A charge by token is never more than one. */
  readonly started?: number | { readonly atMost: number } | undefined;
  /** Questions that arrived, where that is the point. */
  readonly asked?: number | undefined;
  /** The reason's code, where that is the point and the same for every provider. */
  readonly reason?: string | undefined;
  /** What the history must tell of. */
  readonly history?: 'correction' | 'contradiction' | undefined;
}

/** One row of the table: data alone, `play.ts` acts on it. */
export interface PaymentScenario {
  /** Unique. */
  readonly name: string;
  readonly account: Role;
  readonly way: Way;
  /** @default 'plain' */
  readonly outcome?: Outcome | undefined;
  readonly faults?: readonly PaymentFault[] | undefined;
  readonly callback?: PaymentCallbackFaultKind | undefined;
  /** One after the other, from when `create` has answered. */
  readonly deeds?: readonly PaymentDeed[] | undefined;
  readonly expected: PaymentExpected;
}

export interface PaymentScenarioGroup {
  readonly title: string;
  readonly scenarios: readonly PaymentScenario[];
}
