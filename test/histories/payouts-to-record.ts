import type { AccountId, PayoutKey, StoredCardKey } from '../../domain/ids.js';
import type { PayoutStatus } from '../../domain/payout-status.js';
import type { Action } from '../../domain/provider-answer.js';
import type { StoredCardView } from '../../domain/stored-card.js';
import { aPayout, type TestEngine } from '../support/engine.js';
import { act } from '../support/person.js';

const BY_CALLBACK = { account: 'acme-a2p' as AccountId };
const PAGE = { destination: { type: 'hosted_page' }, returnUrls: { success: 'https://shop.example/ok' } } as const;

/** Without a status: to where it ends, or waits for a person. */
async function toTheEnd(
  engine: TestEngine,
  changes: Parameters<typeof aPayout>[0],
  status?: PayoutStatus,
): Promise<PayoutKey> {
  const request = aPayout(changes);
  await engine.client.create(request);
  const payout = await engine.client.wait(request, { timeoutMs: 60_000 });
  if (status !== undefined) await untilIts(engine, request, status);
  return payout;
}

async function untilIts(engine: TestEngine, key: PayoutKey, status: PayoutStatus): Promise<void> {
  while ((await engine.client.get(key)).status !== status) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** What the person does whom a payout or a card waits for. */
async function answer(
  { action }: { readonly action?: Action | undefined },
  fields: Record<string, string>,
): Promise<void> {
  if (!action) throw new Error('Nobody is asked to act');
  await act(action, fields);
}

async function storeSource(engine: TestEngine): Promise<StoredCardView> {
  const card = await engine.client.storedCards.add({
    merchant: 'acme',
    storedCardId: `payer-${process.pid}-${Date.now()}`,
    account: 'acme-a2p-poll',
    purpose: 'source',
    ownerId: 'payer-1',
    card: { number: '2200000000000038', cvv: '739' },
    returnUrls: { success: 'https://shop.example/stored' },
  });
  await answer(card, { PaRes: 'Y' });
  return engine.client.storedCards.wait(card, { timeoutMs: 60_000 });
}

/** The storing of a payer's card, with its 3-D Secure. */
export const CARDS_TO_RECORD: Readonly<Record<string, (engine: TestEngine) => Promise<StoredCardKey>>> = {
  'stored-source-card': storeSource,
};

/** One payout of each kind of ending; each leads it there and gives its key. */
export const PAYOUTS_TO_RECORD: Readonly<Record<string, (engine: TestEngine) => Promise<PayoutKey>>> = {
  'success-at-once': (engine) => toTheEnd(engine, {}),
  'success-by-poll': (engine) => toTheEnd(engine, { amount: { minor: 90_007, currency: 'RUB' } }),
  'success-by-callback': (engine) =>
    toTheEnd(engine, { ...BY_CALLBACK, amount: { minor: 91_007, currency: 'RUB' } }),
  'unknown-then-success': (engine) => toTheEnd(engine, { amount: { minor: 92_504, currency: 'RUB' } }),
  decline: (engine) => toTheEnd(engine, { amount: { minor: 93_006, currency: 'RUB' } }),
  expiry: (engine) => toTheEnd(engine, PAGE),

  async redirect(engine) {
    const request = aPayout({ ...BY_CALLBACK, ...PAGE });
    await answer(await engine.client.create(request), { pan: '2200000000000004', action: 'pay' });
    return engine.client.wait(request, { timeoutMs: 60_000 });
  },

  async 'three-ds-on-source'(engine) {
    const source = { type: 'stored_card', storedCardId: (await storeSource(engine)).storedCardId } as const;
    const request = aPayout({ source, amount: { minor: 96_003, currency: 'RUB' } });
    await answer(await engine.client.create(request), { PaRes: 'Y' });
    return engine.client.wait(request, { timeoutMs: 60_000 });
  },

  async 'review-resolved'(engine) {
    const key = await toTheEnd(engine, { amount: { minor: 94_505, currency: 'RUB' } });
    await engine.client.resolve(key, { verdict: 'not_paid', actor: 'cli:olga', reason: 'not in the statement' });
    return engine.client.wait(key);
  },

  'review-ended-by-status': (engine) => {
    const changes = { account: 'acme-a2p-impatient' as AccountId, amount: { minor: 97_007, currency: 'RUB' } };
    return toTheEnd(engine, changes, 'succeeded');
  },

  async 'review-asked-again'(engine) {
    const key = await toTheEnd(engine, { amount: { minor: 98_505, currency: 'RUB' } });
    await engine.client.resolve(key, { verdict: 'ask_again', actor: 'cli:olga', reason: 'provider is back' });
    return untilIts(engine, key, 'in_review').then(async () => {
      await engine.client.resolve(key, { verdict: 'paid', actor: 'cli:olga', reason: 'seen in the statement' });
      return engine.client.wait(key);
    });
  },

  async 'cancel-refused'(engine) {
    const payout = await engine.client.create(aPayout({ amount: { minor: 95_007, currency: 'RUB' } }));
    await engine.client.cancel(payout, { actor: 'merchant:acme', reason: 'changed our mind' });
    return engine.client.wait(payout);
  },

  async refused(engine) {
    const request = aPayout({ amount: { minor: 100, currency: 'USD' } });
    await engine.client.create(request).catch(() => undefined);
    return request;
  },
};
