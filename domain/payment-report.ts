import { CURRENCIES, type CurrencyCode } from './currencies.js';
import type { MerchantId, PaymentId } from './ids.js';
import { formatMoney, type Money } from './money.js';
import type { PaymentTransaction } from './payment-transaction.js';
import type { Payment } from './payment.js';
import type { TimeSpan } from './time-span.js';

/** One transaction as the provider's report has it. */
export interface PaymentReportLine {
  readonly transactionId: string;
  readonly orderId: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly status: PaymentTransaction['status'];
  readonly providerStatus: string;
  /** What was charged, in minor units of `currency`. */
  readonly minor: number;
  readonly currency: string;
}

/**
 * `match`: both sides say the same. `differs`: in what `differences` says. `unknown_to_us`: the journal has no such
 * transaction. `missing_at_provider`: the report has not what the journal has.
 */
export const REPORT_VERDICTS = ['match', 'differs', 'unknown_to_us', 'missing_at_provider'] as const;
export type ReportVerdict = (typeof REPORT_VERDICTS)[number];

/** One transaction, as both sides have it. */
export interface ReconciledTransaction {
  readonly verdict: ReportVerdict;
  readonly transactionId: string;
  readonly orderId: string;
  /** At the provider, ISO 8601. */
  readonly createdAt?: string | undefined;
  readonly merchant?: MerchantId | undefined;
  readonly paymentId?: PaymentId | undefined;
  /** In the provider's report. */
  readonly reported?: SideOfTransaction | undefined;
  /** In the journal. */
  readonly recorded?: SideOfTransaction | undefined;
  /** In words. */
  readonly differences: readonly string[];
}

export interface SideOfTransaction {
  readonly status: PaymentTransaction['status'];
  readonly minor?: number | undefined;
  readonly currency?: string | undefined;
}

/**
 * Joins the provider's report of a time with the payments of that account, by order id and transaction id (8b.world /pay
 * §9). `payments` are those that the report names, and those that were created in that time.
 */
export function reconcilePayments(
  lines: readonly PaymentReportLine[],
  payments: readonly Payment[],
  span: TimeSpan,
): readonly ReconciledTransaction[] {
  const byOrder = new Map(payments.map((payment) => [payment.orderId as string, payment]));
  const reported = new Set(lines.map(({ orderId, transactionId }) => `${orderId} ${transactionId}`));
  return [
    ...lines.map((line) => compared(line, byOrder.get(line.orderId))),
    ...payments
      .filter((payment) => isWithin(payment, span))
      .flatMap((payment) =>
        payment.transactions
          .filter(({ id }) => !reported.has(`${payment.orderId} ${id}`))
          .map((transaction) => missing(payment, transaction)),
      ),
  ];
}

/** A transaction has no time of its own in the journal: of what began before, or went on after, nobody can say. */
function isWithin({ createdAt, updatedAt }: Payment, { from, to }: TimeSpan): boolean {
  return Date.parse(createdAt) >= Date.parse(from) && Date.parse(updatedAt) < Date.parse(to);
}

function compared(line: PaymentReportLine, payment: Payment | undefined): ReconciledTransaction {
  const { transactionId, orderId, createdAt, status, minor, currency } = line;
  const common = { transactionId, orderId, createdAt, reported: { status, minor, currency } };
  const own = payment && { merchant: payment.merchant, paymentId: payment.paymentId };
  const known = payment?.transactions.find(({ id }) => id === transactionId);
  if (!known) return { ...common, ...own, verdict: 'unknown_to_us', differences: [] };
  const recorded = sideOf(known);
  const differences = [
    ...(status === known.status ? [] : [`status: ${status} there, ${known.status} here`]),
    ...amountDifference(line, recorded),
  ];
  return {
    ...{ ...common, ...own, recorded, differences },
    verdict: differences.length === 0 ? 'match' : 'differs',
  };
}

function amountDifference(
  { minor, currency }: PaymentReportLine,
  recorded: SideOfTransaction,
): readonly string[] {
  if (recorded.minor === minor && recorded.currency === currency) return [];
  const here =
    recorded.minor === undefined || recorded.currency === undefined
      ? 'none'
      : shown(recorded.minor, recorded.currency);
  return [`amount: ${shown(minor, currency)} there, ${here} here`];
}

function shown(minor: number, currency: string): string {
  return currency in CURRENCIES
    ? formatMoney({ minor, currency: currency as CurrencyCode })
    : `${minor} ${currency}`;
}

function missing(payment: Payment, transaction: PaymentTransaction): ReconciledTransaction {
  const { merchant, paymentId, orderId } = payment;
  return {
    verdict: 'missing_at_provider',
    ...{ transactionId: transaction.id, orderId, merchant, paymentId },
    ...{ recorded: sideOf(transaction), differences: [] },
  };
}

/** What was charged, as the report has it; where the provider never said, what was asked for. */
function sideOf({ status, charged, amount }: PaymentTransaction): SideOfTransaction {
  const money: Money | undefined = charged ?? amount;
  return { status, minor: money?.minor, currency: money?.currency };
}
