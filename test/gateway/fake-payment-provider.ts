import type { AccountId, OrderId } from '../../domain/ids.js';
import type { TransactionStatus } from '../../domain/payment-transaction.js';
import type { PaymentCallbackReading, PaymentProvider } from '../../providers/payment-port.js';
import type { RawCallback } from '../../providers/port.js';
import { sign } from './fake-provider.js';

/** Reads `order|id|status|token` signed over its exact bytes; `?` is a status that nobody can read. */
function readCallback({ headers, body }: RawCallback): PaymentCallbackReading {
  const text = Buffer.from(body).toString();
  if (headers['x-sign'] !== sign(text)) {
    const answer = { status: 403, contentType: 'text/plain', body: 'bad signature' };
    return { kind: 'refused', why: 'the signature does not match', answer };
  }
  const [orderId = '', dedupeKey = '', status = 'started', token] = text.split('|');
  return {
    kind: 'verified',
    orderId: orderId as OrderId,
    dedupeKey,
    ...(status !== '?' && {
      news: {
        transactions: [{ id: '7', status: status as TransactionStatus, providerStatus: status }],
        tokens: token === undefined ? {} : { '7': token },
      },
    }),
    acknowledge: { status: 200, contentType: 'text/plain', body: 'OK' },
  };
}

/** Takes payments by a page that nobody ever sees. */
export function fakePaymentProvider(account: string, more: Partial<PaymentProvider> = {}): PaymentProvider {
  return {
    kind: 'payment',
    account: account as AccountId,
    protocol: 'fake',
    limits: {
      orderIdPattern: /^[\w-]{1,40}$/,
      orderIdRule: 'at most 40 of A-Z a-z 0-9 _ -',
      currencies: ['EUR'],
      minMinor: 1,
      maxMinor: 1_000_000,
      callTimeoutMs: 1_000,
      sendBudgetMs: 1_000,
      poll: [],
      expiryGraceMs: 0,
    },
    operations: ['refund', 'void'],
    recurrent: true,
    validate: ({ description }) =>
      description === 'refuse me'
        ? [{ field: 'description', problem: 'is refused', remedy: 'Change it.' }]
        : [],
    start: () => ({ exact: Buffer.from('start'), send: () => Promise.reject(new Error('not here')) }),
    status: () => Promise.reject(new Error('not here')),
    operate: () => ({ exact: Buffer.from('operate'), send: () => Promise.reject(new Error('not here')) }),
    readCallback,
    report: { lacking: 'the fake provider has no report' },
    ping: () => Promise.resolve({ ok: true, words: 'here' }),
    ...more,
  };
}
