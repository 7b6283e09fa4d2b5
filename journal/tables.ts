import type { ColumnType, Generated, Selectable } from 'kysely';
import type { CurrencyCode } from '../domain/currencies.js';
import type {
  AccountId,
  MerchantId,
  OperationId,
  OrderId,
  PaymentId,
  PayoutId,
  StoredCardId,
} from '../domain/ids.js';
import type { PaymentCallAnswer } from '../domain/payment-answer.js';
import type { OperationStatus } from '../domain/payment-operation.js';
import type { PaymentStatus } from '../domain/payment-status.js';
import type { OperationKind, PaymentTransaction, TransactionStatus } from '../domain/payment-transaction.js';
import type { PaymentRequest } from '../domain/payment.js';
import type { Reason } from '../domain/payout.js';
import type { SealedPayoutRequest } from '../domain/payout-request.js';
import type { PayoutStatus } from '../domain/payout-status.js';
import type { Action, CallbackProof, MoneyAnswer } from '../domain/provider-answer.js';
import type { Role } from '../domain/roles.js';
import type { SealedStoreCardRequest, StoredCardPurpose } from '../domain/stored-card.js';
import type { StoredCardStatus } from '../domain/stored-card-status.js';
import type { StopScope } from '../domain/stop.js';
import type { Notice, NoticeKind } from './outbox-port.js';
import type { AskedOperation, PaymentCallKind, PaymentEvent } from './payments/port.js';
import type { CallbackState } from './inbox-port.js';
import type { AuditOutcome } from './audit/port.js';
import type { AttemptStep, PayoutEvent } from './port.js';
import type { StoredCardEvent } from './stored-cards/port.js';

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
  /** Empty: no card, or from before there were any. */
  card_fingerprint: string | null;
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
  proof: Json<CallbackProof | null>;
  suggests: 'returned' | null;
  transactions: Json<readonly PaymentTransaction[] | null>;
  sealed_token: string | null;
  method: string;
  url: string;
  headers: Json<Readonly<Record<string, string>>>;
  body: Uint8Array;
}

export interface ApiKeysTable {
  id: string;
  name: string;
  /** Written by `string_to_array`: the drivers do not agree on how a list is given. */
  roles: ColumnType<Role[], never, never>;
  merchant: MerchantId | null;
  secret_sha256: Uint8Array;
  former_sha256: Uint8Array | null;
  former_until: Timestamp | null;
  created_at: Timestamp;
  expires_at: Timestamp | null;
  last_used_at: Timestamp | null;
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
  card_fingerprint: string | null;
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

export interface PaymentsTable {
  merchant: MerchantId;
  payment_id: PaymentId;
  account: AccountId;
  provider: string;
  order_id: OrderId;
  amount_minor: number;
  currency: CurrencyCode;
  content_fingerprint: string;
  request: Json<PaymentRequest>;
  status: PaymentStatus;
  /** Where the payer can go. */
  action: Json<Action | null>;
  reason: Json<Reason | null>;
  transactions: ColumnType<readonly PaymentTransaction[], string | undefined, never>;
  refunded_minor: Generated<number>;
  sealed_token: string | null;
  /** As in `payouts`. */
  last_event: number;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface PaymentEventsTable extends HistoryColumns<PaymentEvent['type'], PaymentStatus> {
  merchant: MerchantId;
  payment_id: PaymentId;
}

export interface PaymentOperationsTable {
  merchant: MerchantId;
  payment_id: PaymentId;
  operation_id: OperationId;
  kind: OperationKind;
  asked: Json<AskedOperation>;
  transaction_id: string;
  status_before: TransactionStatus;
  /** Empty: all of the transaction. */
  amount_minor: number | null;
  status: Generated<OperationStatus>;
  reason: Json<Reason | null>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface PaymentCallsTable {
  merchant: MerchantId;
  payment_id: PaymentId;
  number: number;
  kind: PaymentCallKind;
  operation_id: OperationId | null;
  request_fingerprint: string;
  intent_at: Timestamp;
  answered_at: Timestamp | null;
  answer: Json<PaymentCallAnswer | null>;
}

export interface OneTimeSecretsTable {
  id: string;
  sealed: string;
  expires_at: Timestamp;
}

export interface StopsTable {
  /** A number, shown as text. */
  id: Generated<number>;
  scope: StopScope['kind'];
  /** Empty for all. */
  value: string;
  reason: string;
  actor: string;
  stopped_at: Timestamp;
  resumed_at: Timestamp | null;
  resumed_by: string | null;
  resume_reason: string | null;
}

export interface AuditEventsTable {
  /** A number, shown as text. */
  id: Generated<number>;
  at: Timestamp;
  actor: string;
  action: string;
  merchant: MerchantId | null;
  subject: string | null;
  reason: string | null;
  outcome: AuditOutcome;
  request_id: string | null;
}

export interface NoticesTable {
  /** A number, shown as text. */
  id: Generated<number>;
  subject: Notice['subject'];
  merchant: MerchantId;
  subject_id: string;
  sequence: number;
  account: AccountId;
  order_id: OrderId;
  kind: NoticeKind;
  from_status: string;
  to_status: string;
  reason: Json<NonNullable<Notice['reason']> | null>;
  at: Timestamp;
  state: Notice['state'];
  tries: number;
  due_at: Timestamp;
  last_error: string | null;
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
  payments: PaymentsTable;
  payment_events: PaymentEventsTable;
  payment_operations: PaymentOperationsTable;
  payment_calls: PaymentCallsTable;
  one_time_secrets: OneTimeSecretsTable;
  stops: StopsTable;
  notices: NoticesTable;
  audit_events: AuditEventsTable;
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
  | 'id'
  | 'account'
  | 'order_id'
  | 'dedupe_key'
  | 'received_at'
  | 'state'
  | 'proof'
  | 'suggests'
  | 'transactions'
  | 'sealed_token'
>;
export type NoticeRow = Selectable<NoticesTable>;
export type ApiKeyRow = Selectable<ApiKeysTable>;
export type StoredCardRow = Selectable<StoredCardsTable>;
export type StopRow = Selectable<StopsTable>;
export type PaymentRow = Selectable<PaymentsTable>;
export type PaymentOperationRow = Selectable<PaymentOperationsTable>;
export type PaymentCallRow = Selectable<PaymentCallsTable>;
