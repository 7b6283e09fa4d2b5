import type { AccountsClient } from './accounts.js';
import type { PaymentsClient } from './payments-client.js';
import type { StoredCardsClient } from './stored-cards-client.js';
import type { PaymentKey, PayoutKey, StoredCardKey } from '../domain/ids.js';
import type { Payout } from '../domain/payout.js';
import type { PayoutRequestInput } from '../schemas/payout-request.js';
import type {
  CallbackSignal,
  CancelInput,
  CancelResult,
  LateHintInput,
  ResolveInput,
  ResolveResult,
} from '../workflows/messages.js';

export type { CallbackSignal };

/** Names a payout by plain strings; a malformed one is refused with `PayoutInvalidError`. */
export type KeyInput = PayoutKey | { readonly merchant: string; readonly payoutId: string };

export interface WaitOptions {
  /** Give up after this many ms and return the payout as it then stands. Default: wait for ever. */
  readonly timeoutMs?: number | undefined;
  /** `settled` (default): final or in review. `answered`: also when the recipient must act. */
  readonly until?: 'settled' | 'answered' | undefined;
}

/** On whose behalf a call is made, for the history. */
export interface AskedBy {
  /** @default the client's own `actor`, or else `merchant:<id>` */
  readonly actor?: string | undefined;
}

/** What a back end does with payouts. Needs a Temporal address, no database. */
export interface PayoutClient {
  /**
   * Starts a payout, or finds the one that was started under the same id with the same content. Resolves as soon as
   * there is something to say: an action for the recipient, an outcome, or `processing` once the request was sent.
   *
   * @throws PayoutInvalidError with one problem per field; nothing is left behind.
   * @throws PayoutConflictError if the id belongs to a payout with other content; names the original.
   * @throws EngineUnavailableError if Temporal or its workers do not answer; repeat the call with the same id.
   */
  create(request: PayoutRequestInput, by?: AskedBy): Promise<Payout>;
  /** @throws PayoutNotFoundError if there is none, or Temporal has forgotten it (then ask the HTTP API). */
  get(key: KeyInput): Promise<Payout>;
  /** How its run ends; what was corrected after that, `get` tells. */
  wait(key: KeyInput, options?: WaitOptions): Promise<Payout>;
  /** Truthful: `cancelled: false` with the reason once something may have been sent. May be repeated. */
  cancel(key: KeyInput, input: CancelInput): Promise<CancelResult>;
  /** An operator's verdict on a payout in review. */
  resolve(key: KeyInput, input: ResolveInput): Promise<ResolveResult>;
  /** Cards that a provider keeps, for payouts to name. */
  readonly storedCards: StoredCardsClient;
  /** Money in. */
  readonly payments: PaymentsClient;
  /** The configured accounts at providers. */
  readonly accounts: AccountsClient;
  /** Closes the connection if the client opened it. */
  close(): Promise<void>;
}

/** A running payout or payment, or the storing of a card. */
export type RunKey = PayoutKey | StoredCardKey | PaymentKey;

/** What the gateway tells a run. `closed`: the workflow has ended or never was. */
export interface PayoutSignals {
  callback(key: RunKey, signal: CallbackSignal): Promise<'delivered' | 'closed'>;
  returned(key: RunKey): Promise<'delivered' | 'closed'>;
  /** Has one question asked about a payout whose workflow has ended. For a callback it is asked once, however often it is called. */
  lateHint(hint: LateHintInput): Promise<void>;
}
