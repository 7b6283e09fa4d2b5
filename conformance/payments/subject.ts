import type { PaymentRequestInput } from '../../client/index.js';
import type { Action } from '../../domain/provider-answer.js';
import type { PaymentProvider } from '../../providers/payment-port.js';
import type { ProviderRegistration } from '../../providers/registration.js';
import type { OrderName, Surroundings } from '../subject.js';
import type { PaymentCallbackFaultKind, PaymentFault, PaymentFaultKind, PaymentFaultOn } from './faults.js';
import type { PaymentExpected, PaymentScenario } from './scenario.js';
import type { CallbackTwist, Outcome, PayerDoes, Role, Way } from './words.js';

export type PaymentSurroundings = Surroundings<Role>;

/** How a payment is asked for: what a scenario does not fix by itself. */
export type PaymentParts = Pick<PaymentRequestInput, 'amount' | 'description' | 'payer' | 'returnUrls'>;

/** What the provider's own books say of one order. Amounts are minor units of the order's currency. */
export interface PaymentLedgerEntry {
  /** How often money was taken. */
  readonly charges: number;
  readonly chargedMinor: number;
  readonly refundedMinor: number;
  /** Held now. */
  readonly heldMinor: number;
  /** How many requests arrived, whatever became of them. */
  readonly requests: Readonly<Record<PaymentFaultOn, number>>;
}

/** The provider's side of one run, and the switches of its simulator. */
export interface PaymentControl {
  /** Before the order exists. */
  inject(order: OrderName, faults: readonly PaymentFault[], callback?: PaymentCallbackFaultKind): void;
  /** Acts as the payer to whom `action` was shown, as far as the payer goes. */
  visit(action: Action, does: PayerDoes): Promise<void>;
  endOrder(order: OrderName): void;
  releaseHold(order: OrderName): void;
  /** Sends one callback now; true if our gateway took it, false if it refused it. */
  callback(order: OrderName, twist: CallbackTwist): Promise<boolean>;
  ledger(order: OrderName): PaymentLedgerEntry;
}

/** A provider's side that runs, with the accounts it serves. */
export interface StartedPaymentSubject {
  /** Each role's settings, as an accounts file would give them, secrets resolved. */
  readonly accounts: Partial<Readonly<Record<Role, unknown>>>;
  readonly faults: Readonly<Record<PaymentFaultOn, readonly PaymentFaultKind[]>>;
  readonly callbackFaults: readonly PaymentCallbackFaultKind[];
  /** Undefined where the provider has no such way, or the way no such outcome. */
  request(way: Way, outcome: Outcome): PaymentParts | undefined;
  readonly control: PaymentControl;
  stop(): Promise<void>;
}

/** One behaviour that the provider does not document, played otherwise than we assume. */
export interface PaymentVariant {
  readonly name: string;
  readonly words: string;
  /** Rows of the main table, by name, that it touches beside the short set: played as well. */
  readonly more?: readonly PaymentScenario[] | undefined;
  /** By scenario: another end, still within the money rules. */
  readonly otherwise?: Readonly<Record<string, Partial<PaymentScenario>>> | undefined;
}

/** What a provider that takes payments brings to be held to the suite. */
export interface PaymentSubject {
  readonly registration: ProviderRegistration<PaymentProvider>;
  readonly variants: readonly PaymentVariant[];
  /** By scenario: what this protocol makes another end of than others do, still within the money rules, and why. */
  readonly differently?:
    Readonly<Record<string, { readonly expected: PaymentExpected; readonly why: string }>> | undefined;
  /** Starts the provider's side: a strict server that books, and that plays faults on demand. */
  start(surroundings: PaymentSurroundings, variant?: PaymentVariant): Promise<StartedPaymentSubject>;
}
