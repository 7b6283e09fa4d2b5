import type { PayoutRequestInput, StoreCardRequestInput } from '../client/index.js';
import type { AccountId, OrderId } from '../domain/ids.js';
import type { StoredCardPurpose } from '../domain/stored-card.js';
import type { Action } from '../domain/provider-answer.js';
import type { PayoutProvider } from '../providers/port.js';
import type { ProviderRegistration } from '../providers/registration.js';
import type { CallbackFaultKind, Fault, FaultKind, FaultOn } from './faults.js';
import type { Expected, Scenario } from './scenario.js';
import type { StoringScenario } from './storing-scenario.js';
import type { CallbackTwist, Flow, OddCallback, Outcome, PersonDoes, Role, StoringOutcome } from './words.js';

/** How a payout is asked for: what a scenario does not fix by itself. */
export type RequestParts = Pick<
  PayoutRequestInput,
  'amount' | 'destination' | 'recipient' | 'returnUrls' | 'providerFields'
> & {
  /** The payer's card that the money is taken from: stored first. */
  readonly payer?: CardParts | undefined;
};

/** A card to be stored: what a scenario does not fix by itself. */
export type CardParts = Pick<
  Extract<StoreCardRequestInput, { card: { number: string } }>,
  'card' | 'ownerId' | 'returnUrls'
>;

/** One order, as both sides name it. */
export interface OrderName {
  readonly account: AccountId;
  readonly orderId: OrderId;
}

/** What the provider's own books say of one order. */
export interface LedgerEntry {
  /** `unknown`: it never took the order in. `open`: it has not ended. */
  readonly word: 'paid' | 'not_paid' | 'open' | 'unknown';
  /** How often money moved. */
  readonly bookings: number;
  /** All that moved, in minor units. */
  readonly bookedMinor: number;
  /** The reference of the booking, if there is exactly one. */
  readonly reference?: string | undefined;
  /** How many requests arrived that could move money, and how many questions, whatever became of them. */
  readonly requests: { readonly money: number; readonly status: number };
}

/** What the provider's own books say of the storing of one card. */
export interface KeptCard {
  /** How many cards it keeps of it. */
  readonly stored: number;
  readonly providerCardId?: string | undefined;
}

/** The provider's side of one run, and the switches of its simulator. */
export interface ProviderControl {
  /** Before the order exists. */
  inject(order: OrderName, faults: readonly Fault[], callback?: CallbackFaultKind): Promise<void>;
  /** Before the order exists: it will be executed once it is registered, asked for or not. Left out: cannot be played. */
  executeUnasked?(order: OrderName): Promise<void>;
  /** What it keeps of the card whose storing the order is. */
  card(order: OrderName): Promise<KeptCard>;
  /** Sends one callback now; true if our gateway took it, false if it refused it. */
  callback(order: OrderName, twist: CallbackTwist): Promise<boolean>;
  /** The same of one that `StartedSubject.oddCallbacks` lists. */
  oddCallback?(order: OrderName, odd: OddCallback): Promise<boolean>;
  /** Acts as the person to whom `action` was shown, and ends where the provider sends the browser back to us. */
  visit(action: Action, does: PersonDoes): Promise<void>;
  ledger(order: OrderName): Promise<LedgerEntry>;
}

/** A provider's side that runs, with the accounts it serves. */
export interface StartedSubject {
  /** Each role's settings, as an accounts file would give them, secrets resolved. */
  readonly accounts: Partial<Readonly<Record<Role, unknown>>>;
  readonly faults: Readonly<Record<FaultOn, readonly FaultKind[]>>;
  readonly callbackFaults: readonly CallbackFaultKind[];
  /** @default none */
  readonly oddCallbacks?: readonly OddCallback[] | undefined;
  /** Undefined where the provider has no such flow, or the flow no such outcome. */
  request(flow: Flow, outcome: Outcome): RequestParts | undefined;
  /** Undefined where the provider stores no such card, or never with such an outcome. */
  card(purpose: StoredCardPurpose, outcome: StoringOutcome): CardParts | undefined;
  readonly control: ProviderControl;
  stop(): Promise<void>;
}

/** One behaviour that the provider does not document, played otherwise than we assume. */
export interface Variant {
  readonly name: string;
  readonly words: string;
  /** It concerns one thing beside payouts to a card: of the short set, the lost answer alone is played with it. */
  readonly isNarrow?: boolean | undefined;
  /** What it touches beside the short set of payouts to a card: played as well. */
  readonly more?: readonly Scenario[] | undefined;
  readonly storing?: readonly StoringScenario[] | undefined;
  /** By scenario: what such a provider makes another end of, and why. */
  readonly differently?: Readonly<Record<string, Difference>> | undefined;
}

/** Where the engine of a run can be reached by the provider. */
export interface Surroundings<Name extends string = Role> {
  /** Where browsers come back to, of one order: the account's return door. */
  readonly returnUrl: (account: AccountId, orderNumber: string) => string;
  /** The callback address of an account. */
  readonly callbackUrl: (account: AccountId) => string;
  /** The id under which the engine will know the account of a role. */
  readonly accountId: (role: Name) => AccountId;
}

/** Another end of a scenario. `why` is a sentence for the table. */
export interface Difference {
  readonly expected: Expected;
  readonly why: string;
}

/** What a provider brings to be held to the suite. */
export interface Subject {
  readonly registration: ProviderRegistration<PayoutProvider>;
  readonly variants: readonly Variant[];
  /** By scenario: what this protocol makes another end of than others do, still within the money rules, and why. */
  readonly differently?: Readonly<Record<string, Difference>> | undefined;
  /** Starts the provider's side: a strict server that books, and that plays faults on demand. */
  start(surroundings: Surroundings, variant?: Variant): Promise<StartedSubject>;
}
