import type {
  AccountId,
  MerchantId,
  PaymentKey,
  PaymentOperationKey,
  PayoutKey,
  StoredCardKey,
} from './ids.js';
import type { Payment } from './payment.js';
import type { Payout } from './payout.js';
import type { ReconciledTransaction } from './payment-report.js';
import type { PaymentStatus } from './payment-status.js';
import type { BalanceAnswer, ListAnswer, RegistryLine, StatementLine } from './provider-answer.js';
import type { StoredCardPurpose, StoredCardView } from './stored-card.js';
import type { StoredCardStatus } from './stored-card-status.js';
import type { TimeSpan } from './time-span.js';
import type { Told } from './told.js';

/** A question about an account, stored cards or payments, or the taking of a card out of use. Moves no money. */
export type Inquiry =
  /** Is the provider there? */
  | { readonly ask: 'ping'; readonly account: AccountId }
  | { readonly ask: 'balance'; readonly account: AccountId }
  /** How a payout's order stands there now; whatever the answer, nothing is written down. */
  | { readonly ask: 'order_status'; readonly account: AccountId; readonly key: PayoutKey }
  /** The movements on the account, or the orders as the provider has them. */
  | { readonly ask: 'statement' | 'registry'; readonly account: AccountId; readonly span: TimeSpan }
  /** The provider's report of payments, joined with the journal. */
  | { readonly ask: 'payment_report'; readonly account: AccountId; readonly span: TimeSpan }
  | { readonly ask: 'stored_card'; readonly key: StoredCardKey }
  | {
      readonly ask: 'stored_cards';
      readonly filter: StoredCardFilter;
      readonly limit: number;
      readonly cursor?: string | undefined;
    }
  /** Ours alone: no provider is told. */
  | {
      readonly ask: 'remove_stored_card';
      readonly key: StoredCardKey;
      readonly actor: string;
      readonly reason: string;
    }
  /** As the journal has it: also what was corrected after the run had ended. */
  | { readonly ask: 'payout'; readonly key: PayoutKey }
  | { readonly ask: 'payment'; readonly key: PaymentKey }
  /** A person's verdict on an operation of which nobody knows the outcome. */
  | {
      readonly ask: 'settle_operation';
      readonly key: PaymentOperationKey;
      readonly verdict: 'done' | 'not_done';
      readonly actor: string;
      readonly reason: string;
    }
  | {
      readonly ask: 'payments';
      readonly filter: PaymentFilter;
      readonly limit: number;
      readonly cursor?: string | undefined;
    };

export type ProviderInquiry = Extract<
  Inquiry,
  { ask: 'ping' | 'balance' | 'order_status' | 'statement' | 'registry' | 'payment_report' }
>;
export type JournalInquiry = Exclude<Inquiry, ProviderInquiry>;

export interface StoredCardFilter {
  readonly merchant?: MerchantId | undefined;
  readonly account?: AccountId | undefined;
  readonly purpose?: StoredCardPurpose | undefined;
  readonly status?: StoredCardStatus | undefined;
}

export interface PaymentFilter {
  readonly merchant?: MerchantId | undefined;
  readonly account?: AccountId | undefined;
  readonly status?: PaymentStatus | undefined;
  /** ISO 8601. */
  readonly createdBefore?: string | undefined;
}

export type InquiryResult =
  | { readonly kind: 'ping'; readonly ok: boolean; readonly words: string }
  | { readonly kind: 'balance'; readonly answer: BalanceAnswer }
  | { readonly kind: 'order_status'; readonly told: Told }
  | { readonly kind: 'statement'; readonly answer: ListAnswer<StatementLine> }
  | { readonly kind: 'registry'; readonly answer: ListAnswer<RegistryLine> }
  | { readonly kind: 'payment_report'; readonly answer: ListAnswer<ReconciledTransaction> }
  /** More than one answer can hold: a shorter span is to be asked for; in words. */
  | { readonly kind: 'too_much'; readonly words: string }
  | { readonly kind: 'payout'; readonly payout: Payout }
  | { readonly kind: 'stored_card'; readonly card: StoredCardView }
  | {
      readonly kind: 'stored_cards';
      readonly items: readonly StoredCardView[];
      readonly nextCursor?: string | undefined;
    }
  | { readonly kind: 'payment'; readonly payment: Payment }
  | {
      readonly kind: 'payments';
      readonly items: readonly Payment[];
      readonly nextCursor?: string | undefined;
    }
  /** The provider cannot do this; in words. */
  | { readonly kind: 'lacking'; readonly words: string }
  | { readonly kind: 'not_found'; readonly words: string }
  /** It cannot be done as things stand; in words. */
  | { readonly kind: 'refused'; readonly words: string };
