import type { ColumnType, Generated, Selectable } from 'kysely';
import type { CurrencyCode } from '../domain/currencies.js';
import type { AccountId, MerchantId, OrderId, PayoutId, StoredCardId } from '../domain/ids.js';
import type { Reason } from '../domain/payout.js';
import type { SealedPayoutRequest } from '../domain/payout-request.js';
import type { PayoutStatus } from '../domain/payout-status.js';
import type { Action, MoneyAnswer, Progress } from '../domain/provider-answer.js';
import type { SealedStoreCardRequest, StoredCardPurpose } from '../domain/stored-card.js';
import type { StoredCardStatus } from '../domain/stored-card-status.js';
import type { ApiRole, AttemptStep, CallbackState, PayoutEvent, StoredCardEvent } from './port.js';

/** Read parsed, written as JSON text (see `toJson`). */
type Json<T> = ColumnType<T, null extends T ? string | null | undefined : string, never>;
/** Read as ISO 8601 with milliseconds; the database's clock writes it. */
type Timestamp = ColumnType<string, string | undefined, string>;

export interface PayoutsTable {
  merchant: MerchantId;
  payout_id: PayoutId;
  account: AccountId;
  provider: string;
  order_id: OrderId;
  amount_minor: number;
  currency: CurrencyCode;
  destination: string;
  batch: string | null;
  content_fingerprint: string;
  request: Json<SealedPayoutRequest>;
  status: PayoutStatus;
  action: Json<Action | null>;
  reason: Json<Reason | null>;
  reference: string | null;
  fee_minor: number | null;
  /** The sequence of the payout's last event, and so the version that a write must find unchanged. */
  last_event: number;
  created_at: Timestamp;
  updated_at: Timestamp;
}

/** What the histories of payouts and of stored cards have in common. */
interface HistoryColumns<Type, Status> {
  sequence: number;
  at: Timestamp;
  type: Type;
  from_status: Status | null;
  to_status: Status | null;
  actor: string;
  reason: string | null;
  data: Json<unknown>;
}

export interface PayoutEventsTable extends HistoryColumns<PayoutEvent['type'], PayoutStatus> {
  merchant: MerchantId;
  payout_id: PayoutId;
}

export interface AttemptsTable {
  merchant: MerchantId;
  payout_id: PayoutId;
  number: number;
  step: AttemptStep;
  order_id: OrderId;
  request_fingerprint: string;
  intent_at: Timestamp;
  answered_at: Timestamp | null;
  answer: Json<MoneyAnswer | null>;
  not_found_answers: Generated<number>;
}

export interface CallbacksTable {
  /** A number, shown as text. */
  id: Generated<number>;
  account: AccountId;
  order_id: OrderId;
  dedupe_key: string;
  received_at: Timestamp;
  state: CallbackState;
  proof: Json<Progress | null>;
  method: string;
  url: string;
  headers: Json<Readonly<Record<string, string>>>;
  body: Uint8Array;
}

export interface ApiKeysTable {
  id: string;
  name: string;
  role: ApiRole;
  merchant: MerchantId | null;
  secret_sha256: Uint8Array;
  created_at: Timestamp;
  revoked_at: Timestamp | null;
}

export interface StoredCardsTable {
  merchant: MerchantId;
  stored_card_id: StoredCardId;
  account: AccountId;
  provider: string;
  purpose: StoredCardPurpose;
  owner_id: string;
  order_id: OrderId;
  masked: string;
  content_fingerprint: string;
  request: Json<SealedStoreCardRequest>;
  status: StoredCardStatus;
  provider_card_id: string | null;
  action: Json<Action | null>;
  reason: Json<Reason | null>;
  /** When the request was about to leave; empty again where it provably did not. */
  sent_at: Timestamp | null;
  /** As in `payouts`. */
  last_event: number;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface StoredCardEventsTable extends HistoryColumns<StoredCardEvent['type'], StoredCardStatus> {
  merchant: MerchantId;
  stored_card_id: StoredCardId;
}

export interface OneTimeSecretsTable {
  id: string;
  sealed: string;
  expires_at: Timestamp;
}

/** The journal's tables, as Kysely sees them on PostgreSQL and PGlite alike. */
export interface Tables {
  payouts: PayoutsTable;
  payout_events: PayoutEventsTable;
  attempts: AttemptsTable;
  callbacks: CallbacksTable;
  api_keys: ApiKeysTable;
  stored_cards: StoredCardsTable;
  stored_card_events: StoredCardEventsTable;
  one_time_secrets: OneTimeSecretsTable;
}

export type PayoutRow = Selectable<PayoutsTable>;
/** The columns of one line of a history, whoever's it is. */
export type HistoryRow<Type, Status> = Omit<HistoryColumns<Type, Status>, 'at' | 'data'> & {
  at: string;
  data: unknown;
};
export type AttemptRow = Selectable<AttemptsTable>;
export type CallbackRow = Pick<
  Selectable<CallbacksTable>,
  'id' | 'account' | 'order_id' | 'dedupe_key' | 'received_at' | 'state' | 'proof'
>;
export type ApiKeyRow = Selectable<ApiKeysTable>;
export type StoredCardRow = Selectable<StoredCardsTable>;
