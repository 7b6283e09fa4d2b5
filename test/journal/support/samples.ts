import { randomUUID } from 'node:crypto';
import type { AccountId, MerchantId, OrderId, PayoutId, PayoutKey } from '../../../domain/ids.js';
import type { SealedPayoutRequest } from '../../../domain/payout-request.js';
import type { MoneyAnswer, NotPaid, Paid, Progress } from '../../../domain/provider-answer.js';
import type { AttemptStep, Journal, NewPayout } from '../../../journal/port.js';

export const ACCOUNT = 'demo' as AccountId;
export const ENGINE = { actor: 'engine' };
export const PROVIDER = { actor: `provider:${ACCOUNT}`, reason: 'status query' };
export const OPERATOR = { actor: 'cli:olga', reason: 'the bank confirmed it' };

export const PAID: Paid = { kind: 'paid', reference: 'ref-1', feeMinor: 150 };
export const DECLINED: NotPaid = {
  kind: 'not_paid',
  class: 'declined',
  code: '51',
  message: 'Insufficient funds',
};
export const PENDING: Progress = { kind: 'pending' };
export const REDIRECT: Progress = {
  kind: 'action_required',
  action: {
    type: 'redirect',
    url: 'https://pay.example/3ds?token=t0ken',
    expiresAt: '2030-01-01T00:00:00.000Z',
  },
};
export const RETURNED: Progress = { kind: 'returned', code: 'reversal', message: 'Reversed by the provider' };
export const CONTRADICTION: Progress = { kind: 'contradiction', code: 'amount', message: 'Another amount' };

export const NOT_SENT: MoneyAnswer = {
  kind: 'not_sent',
  code: 'ECONNREFUSED',
  message: 'Connection refused',
};
export const UNKNOWN: MoneyAnswer = {
  kind: 'unknown',
  code: 'timeout',
  message: 'No answer',
  suspected: DECLINED,
};
export const answered = (progress: Progress): MoneyAnswer => ({ kind: 'answered', progress });

/** A name that no other test uses: the journal forgets nothing between tests. */
export function unique(prefix: string): string {
  return `${prefix}-${randomUUID().slice(0, 13)}`;
}

export function newMerchant(): MerchantId {
  return unique('m') as MerchantId;
}

/** Who asks for what is accepted here. */
export const ACTOR = 'key:0123456789abcdef back end';

export function newPayout(request: Partial<SealedPayoutRequest> = {}): NewPayout {
  const payoutId = (request.payoutId ?? unique('p')) as PayoutId;
  return {
    request: {
      merchant: newMerchant(),
      payoutId,
      account: ACCOUNT,
      amount: { minor: 10_050, currency: 'RUB' },
      destination: { type: 'card', sealed: 'eyJhbGciOi', masked: '220000******0004' },
      recipient: { firstName: 'Анна', lastName: 'O’Neil' },
      metadata: { invoice: '17' },
      ...request,
    },
    provider: 'all2pay',
    orderId: (request.orderId ?? unique('o')) as OrderId,
    destination: 'card 220000******0004',
    contentFingerprint: 'content-1',
    actor: ACTOR,
  };
}

export function keyOf({ request }: NewPayout): PayoutKey {
  return { merchant: request.merchant, payoutId: request.payoutId };
}

/** Accepts a payout and returns its key. */
export async function accepted(
  journal: Journal,
  request: Partial<SealedPayoutRequest> = {},
): Promise<PayoutKey> {
  const entry = newPayout(request);
  await journal.payouts.accept(entry);
  return keyOf(entry);
}

export function begin(journal: Journal, key: PayoutKey, step: AttemptStep = 'execute', resendOf?: number) {
  return journal.payouts.beginAttempt(key, { step, requestFingerprint: 'bytes-1', resendOf });
}

/** Accepts a payout, sends its `execute` and gets this answer. */
export async function executed(journal: Journal, answer: MoneyAnswer): Promise<PayoutKey> {
  const key = await accepted(journal);
  await begin(journal, key);
  await journal.payouts.endAttempt(key, 1, answer);
  return key;
}

export async function eventTypes(journal: Journal, key: PayoutKey): Promise<string[]> {
  return (await journal.payouts.events(key)).map((event) => event.type);
}
