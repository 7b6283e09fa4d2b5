import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AccountId, OrderId } from '../../domain/ids.js';
import type { Problem } from '../../domain/problem.js';
import type { SealedPayoutRequest } from '../../domain/payout-request.js';
import type { CallbackReading, CardStorage, PayoutProvider, RawCallback } from '../../providers/port.js';

const SECRET = 'only the provider knows';

export function sign(body: Uint8Array | string): string {
  return createHmac('sha256', SECRET).update(body).digest('hex');
}

/** Reads `order|id|proof` signed over its exact bytes, in the body or, with GET, in the query. */
function readCallback({ method, url, headers, body }: RawCallback): CallbackReading {
  const params = new URL(url, 'http://local').searchParams;
  const signed = method === 'GET' ? Buffer.from(params.get('data') ?? '') : Buffer.from(body);
  const given = Buffer.from((method === 'GET' ? params.get('sign') : headers['x-sign']) ?? '');
  const wanted = Buffer.from(sign(signed));
  if (signed.toString().startsWith('boom')) throw new Error('a bug of the adapter');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    const answer = { status: 403, contentType: 'text/plain', body: 'bad signature' };
    return { kind: 'refused', why: 'the signature does not match', answer };
  }
  const [orderId = '', dedupeKey = '', proof] = signed.toString().split('|');
  return {
    kind: 'verified',
    orderId: orderId as OrderId,
    dedupeKey,
    ...(proof === 'reversal' && { suggests: 'returned' }),
    ...(proof === 'paid' && { proof: { kind: 'paid', reference: 'R1' } }),
    acknowledge: { status: 200, contentType: 'application/json', body: '{"ok" : true}' },
  };
}

export function fakeProvider(
  account: string,
  refuse?: (r: SealedPayoutRequest) => Problem[],
  callbacks: 'none' | 'proof' = 'proof',
  more: Partial<PayoutProvider> = {},
): PayoutProvider {
  return {
    kind: 'payout',
    account: account as AccountId,
    protocol: 'fake',
    capabilities: { destinations: ['card', 'phone', 'hosted_page'], callbacks, sources: false },
    limits: {
      orderIdPattern: /^\w{1,32}$/,
      orderIdRule: 'at most 32 of A-Z a-z 0-9 _',
      currencies: ['RUB'],
      minMinor: 1,
      maxMinor: 1_000_000,
      callTimeoutMs: 1,
      notFoundMinQueries: 5,
      notFoundGraceMs: 1,
      resendAfterNotFound: 'manual',
      sendBudgetMs: 1,
      poll: [],
      actionGraceMs: 0,
    },
    validate: (request) => refuse?.(request) ?? [],
    steps: () => ['execute'],
    prepare: () => Promise.reject(new Error('not here')),
    status: () => Promise.reject(new Error('not here')),
    cards: { lacking: 'the fake provider stores no cards' },
    balance: { lacking: 'the fake provider has no balance' },
    statement: { lacking: 'the fake provider has no statement' },
    registry: { lacking: 'the fake provider has no registry' },
    callbackRepeat: { lacking: 'the fake provider repeats no callback' },
    readCallback,
    ping: () => Promise.resolve({ ok: true, words: 'here' }),
    ...more,
  };
}

/** Stores cards for their owners to be paid to; anybody's but one. */
export const cardStorage: CardStorage = {
  purposes: ['destination'],
  validate: ({ purpose, ownerId }) => [
    ...(purpose === 'source'
      ? [{ field: 'purpose', problem: 'is source', remedy: 'Store it as destination.' }]
      : []),
    ...(ownerId === 'nobody' ? [{ field: 'ownerId', problem: 'is nobody', remedy: 'Name the owner.' }] : []),
  ],
  store: () => Promise.reject(new Error('not here')),
  status: () => Promise.reject(new Error('not here')),
};
