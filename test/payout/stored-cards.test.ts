import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PayoutInvalidError, StoredCardConflictError } from '../../client/index.js';
import { workflowIdOf, type StoredCardKey } from '../../domain/ids.js';
import type { StoredCardView } from '../../domain/stored-card.js';
import type { StoreCardRequestInput } from '../../schemas/store-card-request.js';
import { aPayout, startTestEngine, type TestEngine } from '../support/engine.js';
import { act } from '../support/person.js';

let engine: TestEngine;

beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const CVV = '739';
const PAN = '2200000000000038';
let count = 0;

function aCard(changes: object = {}): StoreCardRequestInput & StoredCardKey {
  count += 1;
  return {
    merchant: 'acme',
    storedCardId: `card-${process.pid}-${count}`,
    account: 'acme-a2p-poll',
    purpose: 'destination',
    ownerId: `owner-${count}`,
    card: { number: PAN },
    ...changes,
  } as StoreCardRequestInput & StoredCardKey;
}

const aSource = (changes: object = {}) =>
  aCard({
    purpose: 'source',
    card: { number: PAN, expiry: { month: 12, year: 2031 }, holder: 'ANNA PETROVA', cvv: CVV },
    returnUrls: { success: 'https://shop.example/stored' },
    ...changes,
  });

/** Stores a source card and answers its 3-D Secure. */
async function storedSource(verdict: 'Y' | 'N' = 'Y'): Promise<StoredCardView> {
  const card = await engine.client.storedCards.add(aSource());
  expect(card).toMatchObject({ status: 'action_required', masked: '220000******0038' });
  if (!card.action) throw new Error('no action');
  await act(card.action, { PaRes: verdict });
  return engine.client.storedCards.wait(card, { timeoutMs: 60_000 });
}

describe('a card to be paid to', () => {
  it('is stored, and a payout that names it by our id is paid to it', async () => {
    const card = await engine.client.storedCards.add(aCard());
    const stored = await engine.client.storedCards.wait(card, { timeoutMs: 60_000 });
    expect(stored).toMatchObject({ status: 'active', provider: 'all2pay', masked: '220000******0038' });
    expect(stored.providerCardId).toBeTruthy();

    const payout = await engine.client.create(
      aPayout({ destination: { type: 'stored_card', storedCardId: stored.storedCardId } }),
    );
    const settled = await engine.client.wait(payout, { timeoutMs: 60_000 });
    expect(settled.status).toBe('succeeded');
    expect((await engine.provider.order(settled.orderId))?.bookings).toBe(1);
  });

  it('is the same card when the call is repeated, and no other', async () => {
    const request = aCard();
    const first = await engine.client.storedCards.add(request);
    const again = await engine.client.storedCards.add(request);
    expect(again.orderId).toBe(first.orderId);
    await expect(
      engine.client.storedCards.add({ ...request, card: { number: '2200000000000046' } }),
    ).rejects.toThrow(StoredCardConflictError);
  });

  it('that was taken out of use is refused to payouts, in words', async () => {
    const card = await engine.client.storedCards.add(aCard());
    await engine.client.storedCards.wait(card, { timeoutMs: 60_000 });
    const removed = await engine.client.storedCards.remove(card, { actor: 'cli:ann', reason: 'lost' });
    expect(removed.status).toBe('removed');
    const destination = { type: 'stored_card', storedCardId: card.storedCardId } as const;
    await expect(engine.client.create(aPayout({ destination }))).rejects.toThrow(/removed, not active/);
  });

  it('cannot be used by another merchant, for another purpose, or for another owner', async () => {
    const card = await engine.client.storedCards.add(aCard());
    await engine.client.storedCards.wait(card, { timeoutMs: 60_000 });
    const { storedCardId } = card;
    const destination = { type: 'stored_card', storedCardId } as const;
    await expect(engine.client.create(aPayout({ source: destination }))).rejects.toThrow(
      /stored to be a destination/,
    );
    await expect(
      engine.client.create(aPayout({ destination, recipient: { id: 'somebody-else' } })),
    ).rejects.toThrow(/not the owner/);
    // To another merchant the id means nothing: it reaches the provider as an id that the provider does not know.
    await expect(engine.client.create(aPayout({ merchant: 'other', source: destination }))).rejects.toThrow(
      /no stored card/,
    );
  });
});

describe('a card to take money from', () => {
  it('is stored after its 3-D Secure, and the payout from it after another one', async () => {
    const stored = await storedSource();
    expect(stored.status).toBe('active');
    const source = { type: 'stored_card', storedCardId: stored.storedCardId } as const;
    const request = aPayout({ source, amount: { minor: 10_003, currency: 'RUB' } });
    const payout = await engine.client.create(request);
    expect(payout.status).toBe('action_required');
    if (!payout.action) throw new Error('no action');
    await act(payout.action, { PaRes: 'Y' });
    const settled = await engine.client.wait(request, { timeoutMs: 60_000 });
    expect(settled.status).toBe('succeeded');
    expect((await engine.provider.order(settled.orderId))?.bookings).toBe(1);
    const { raw } = await engine.temporal.workflow.getHandle(workflowIdOf(payout)).describe();
    expect(Number(raw.workflowExecutionInfo?.historyLength)).toBeLessThanOrEqual(40);
  });

  it('whose payer refuses at the bank is declined, with no booking', async () => {
    const stored = await storedSource();
    const source = { type: 'stored_card', storedCardId: stored.storedCardId } as const;
    const payout = await engine.client.create(
      aPayout({ source, amount: { minor: 20_003, currency: 'RUB' } }),
    );
    if (!payout.action) throw new Error('no action');
    await act(payout.action, { PaRes: 'N' });
    const settled = await engine.client.wait(payout, { timeoutMs: 60_000 });
    expect(settled.status).toBe('declined');
    expect((await engine.provider.order(settled.orderId))?.bookings).toBe(0);
  });

  it('is not stored if its owner refuses, and payouts are told so', async () => {
    const refused = await storedSource('N');
    expect(refused.status).toBe('failed');
    const source = { type: 'stored_card', storedCardId: refused.storedCardId } as const;
    await expect(engine.client.create(aPayout({ source }))).rejects.toThrow(PayoutInvalidError);
  });
});

it('answers a ping and says in words what the provider lacks', async () => {
  expect(await engine.client.accounts.ping('acme-a2p-poll')).toMatchObject({ ok: true });
  await expect(engine.client.accounts.balance('acme-a2p-poll')).rejects.toThrow(
    /not documented by the provider/,
  );
});

it('refuses a cursor that it never gave, at once', async () => {
  await expect(engine.client.storedCards.list({ merchant: 'acme' }, { cursor: 'nonsense' })).rejects.toThrow(
    PayoutInvalidError,
  );
});
