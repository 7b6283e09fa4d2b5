import type {
  OperationId,
  OrderId,
  PaymentId,
  PaymentKey,
  PaymentOperationKey,
} from '../../../domain/ids.js';
import type { StartAnswer } from '../../../domain/payment-answer.js';
import type { PaymentOperationRequest } from '../../../domain/payment-operation.js';
import type { PaymentTransaction, TransactionStatus } from '../../../domain/payment-transaction.js';
import type { PaymentRequest } from '../../../domain/payment.js';
import type { NewPayment, ToldNews } from '../../../journal/payments/port.js';
import type { Journal } from '../../../journal/port.js';
import { ACCOUNT, ACTOR, newMerchant, OPERATOR, PROVIDER, unique } from './samples.js';

export const AMOUNT = { minor: 10_000, currency: 'USD' } as const;

export const PAGE: StartAnswer = {
  kind: 'answered',
  progress: {
    kind: 'page',
    action: {
      type: 'redirect',
      url: 'https://pay.example/s/1?secret=1',
      expiresAt: '2040-01-01T00:00:00.000Z',
    },
  },
};
export const LOST: StartAnswer = { kind: 'unknown', code: 'timeout', message: 'No answer' };
export const UNSENT: StartAnswer = { kind: 'not_sent', code: 'ECONNREFUSED', message: 'Connection refused' };

/** The form of a JWE; nothing here opens it. */
export const SEALED_TOKEN = 'eyJhbGciOiJFQ0RILUVTIn0..aXY.dG9rZW4.dGFn';

export function newPayment(request: Partial<PaymentRequest> = {}): NewPayment {
  return {
    request: {
      merchant: newMerchant(),
      paymentId: unique('p') as PaymentId,
      account: ACCOUNT,
      amount: AMOUNT,
      purpose: 'payment',
      description: 'Order 17',
      payer: { email: 'anna@shop.example' },
      language: 'en',
      returnUrls: { success: 'https://shop.example/ok' },
      expiresAt: '2040-01-01T00:00:00.000Z',
      keepCard: true,
      metadata: { invoice: '17' },
      ...request,
    },
    provider: 'eightb_pay',
    orderId: (request.orderId ?? unique('o')) as OrderId,
    contentFingerprint: 'content-1',
    actor: ACTOR,
  };
}

export function paymentKeyOf({ request: { merchant, paymentId } }: NewPayment): PaymentKey {
  return { merchant, paymentId };
}

/** Accepts a payment and returns its key. */
export async function acceptedPayment(
  { payments }: Pick<Journal, 'payments'>,
  request: Partial<PaymentRequest> = {},
): Promise<PaymentKey> {
  const entry = newPayment(request);
  await payments.accept(entry);
  return paymentKeyOf(entry);
}

export function start({ payments }: Pick<Journal, 'payments'>, key: PaymentKey, restartOf?: number) {
  return payments.beginStart(key, { kind: 'start', requestFingerprint: 'bytes-1', restartOf });
}

/** One whose payer was sent to the page. */
export async function startedPayment(
  journal: Pick<Journal, 'payments'>,
  request: Partial<PaymentRequest> = {},
): Promise<PaymentKey> {
  const key = await acceptedPayment(journal, request);
  await start(journal, key);
  await journal.payments.endStart(key, 1, PAGE);
  return key;
}

const WORDS: Readonly<Record<TransactionStatus, string>> = {
  started: '0',
  held: '1',
  released: '2',
  paid: '3',
  refunded: '4',
  release_failed: '7',
  uncertain: '8',
  expired: '98',
  failed: '99',
  unmapped: '55',
};

export function transaction(
  id: string,
  status: TransactionStatus,
  more: Partial<PaymentTransaction> = {},
): PaymentTransaction {
  return { id, status, providerStatus: WORDS[status], amount: AMOUNT, ...more };
}

export function news(transactions: readonly PaymentTransaction[], more: Partial<ToldNews> = {}): ToldNews {
  return { transactions, mayEnd: true, graceMs: 900_000, ...more };
}

export function tell(
  { payments }: Pick<Journal, 'payments'>,
  key: PaymentKey,
  transactions: readonly PaymentTransaction[],
  more: Partial<ToldNews> = {},
) {
  return payments.recordNews(key, news(transactions, more), PROVIDER);
}

export async function paidPayment(
  journal: Pick<Journal, 'payments'>,
  request: Partial<PaymentRequest> = {},
): Promise<PaymentKey> {
  const key = await startedPayment(journal, request);
  await tell(journal, key, [transaction('1', 'paid')]);
  return key;
}

export function operation(
  key: PaymentKey,
  kind: PaymentOperationRequest['kind'],
  more: Partial<PaymentOperationRequest> = {},
): PaymentOperationRequest {
  return { ...key, kind, operationId: unique('op') as OperationId, ...more };
}

/** Accepts an operation and commits the intent to send it. */
export async function begunOperation(
  { payments }: Pick<Journal, 'payments'>,
  request: PaymentOperationRequest,
): Promise<{ key: PaymentOperationKey; number: number }> {
  const accepted = await payments.acceptOperation(request, OPERATOR);
  if (accepted.kind !== 'accepted') throw new Error(`${accepted.kind}: ${JSON.stringify(accepted)}`);
  const began = await payments.beginOperation(request, 'bytes-op');
  if (began.kind !== 'go') throw new Error(began.kind);
  return { key: request, number: began.number };
}
