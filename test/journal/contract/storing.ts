import { expect, it } from 'vitest';
import type { OrderId } from '../../../domain/ids.js';
import type { Journal } from '../../../journal/port.js';
import * as cards from '../support/cards.js';
import { ACCOUNT, ACTOR, ENGINE, keyOf, newPayout, OPERATOR, PROVIDER, unique } from '../support/samples.js';

const { acceptedCard, cardKeyOf, newCard } = cards;

export function storing(journal: () => Journal): void {
  it('writes a card down and reads it back whole', async () => {
    const { storedCards } = journal();
    const entry = newCard({ returnUrls: { success: 'https://shop.example/ok' } });
    const { storedCardId, merchant } = entry.request;
    const result = await storedCards.accept(entry);

    const record = await storedCards.read(cardKeyOf(entry));
    expect(result).toEqual({ kind: 'accepted', card: record?.card });
    expect(record?.request).toEqual(entry.request);
    expect(record).not.toHaveProperty('sentAt');
    expect(record?.card).toEqual({
      merchant,
      storedCardId,
      account: ACCOUNT,
      provider: 'all2pay',
      purpose: 'source',
      ownerId: 'cust-9',
      orderId: entry.orderId,
      masked: '220000******0004',
      status: 'requested',
      version: 1,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/) as string,
      updatedAt: record?.card.createdAt,
    });
    expect(await storedCards.findByOrder(ACCOUNT, entry.orderId)).toEqual(record?.card);
    expect(await storedCards.events(cardKeyOf(entry))).toMatchObject([
      { sequence: 1, type: 'accepted', to: 'requested', actor: ACTOR },
    ]);
  });

  it('knows nothing of what was never accepted', async () => {
    const { storedCards } = journal();
    const entry = newCard();
    const key = cardKeyOf(entry);
    expect(await storedCards.read(key)).toBeUndefined();
    expect(await storedCards.findByOrder(ACCOUNT, entry.orderId)).toBeUndefined();
    expect(await storedCards.events(key)).toEqual([]);
    expect(await storedCards.remove(key, OPERATOR)).toBeUndefined();
    const unknown = {
      name: 'UnknownStoredCardError',
      message: `The journal has no stored-card:${key.merchant}:${key.storedCardId}`,
    };
    await expect(storedCards.recordProgress(key, cards.STORED, PROVIDER)).rejects.toMatchObject(unknown);
    await expect(storedCards.beginStoring(key)).rejects.toMatchObject(unknown);
    await expect(storedCards.endUnsent(key)).rejects.toMatchObject(unknown);
  });

  it('returns the original to a repeat as it stands by then, and refuses other content', async () => {
    const { storedCards } = journal();
    const entry = newCard();
    await storedCards.accept(entry);
    const card = await storedCards.recordProgress(cardKeyOf(entry), cards.STORED, PROVIDER);
    expect(await storedCards.accept(entry)).toEqual({ kind: 'repeat', card });
    const other = { ...entry, orderId: unique('o') as OrderId, contentFingerprint: 'content-2' };
    expect(await storedCards.accept(other)).toEqual({ kind: 'conflict', original: card });
    expect(await storedCards.events(cardKeyOf(entry))).toHaveLength(2);
    // The refused one has not used its order id up.
    expect((await storedCards.accept(newCard({}, other.orderId))).kind).toBe('accepted');
  });

  it('keeps the ids of two merchants apart, and the order ids of two accounts', async () => {
    const { storedCards } = journal();
    const first = newCard();
    await storedCards.accept(first);
    const { storedCardId } = first.request;
    expect((await storedCards.accept(newCard({ storedCardId }))).kind).toBe('accepted');
    const elsewhere = newCard({ account: unique('a') as typeof ACCOUNT }, first.orderId);
    expect((await storedCards.accept(elsewhere)).kind).toBe('accepted');
  });

  it('gives an order id to one payout or one card', async () => {
    const { storedCards, payouts } = journal();
    const card = newCard();
    await storedCards.accept(card);
    const payout = newPayout({ orderId: card.orderId });
    expect(await payouts.accept(payout)).toEqual({ kind: 'order_id_taken' });
    expect(await payouts.get(keyOf(payout))).toBeUndefined();
    expect(await payouts.events(keyOf(payout))).toEqual([]);

    const other = newPayout();
    await payouts.accept(other);
    for (const holder of [card.orderId, other.orderId]) {
      const late = newCard({}, holder);
      expect(await storedCards.accept(late)).toEqual({ kind: 'order_id_taken' });
      expect(await storedCards.read(cardKeyOf(late))).toBeUndefined();
      expect(await storedCards.events(cardKeyOf(late))).toEqual([]);
    }
    // Under an order id of their own the same two are welcome.
    const orderId = unique('o') as OrderId;
    expect((await payouts.accept({ ...payout, orderId })).kind).toBe('accepted');
    // A repeat is a repeat, whoever holds the order id that it comes with this time.
    expect((await payouts.accept({ ...payout, orderId: card.orderId })).kind).toBe('repeat');
  });

  it('gives it to exactly one out of 20 payouts and 20 cards at the same time', async () => {
    const { storedCards, payouts } = journal();
    for (let round = 0; round < 5; round += 1) {
      const orderId = unique('o') as OrderId;
      const results = await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          index % 2 === round % 2
            ? payouts.accept(newPayout({ orderId }))
            : storedCards.accept(newCard({}, orderId)),
        ),
      );
      const kinds = results.map((result) => result.kind);
      expect(kinds.filter((kind) => kind === 'accepted')).toHaveLength(1);
      expect(kinds.filter((kind) => kind === 'order_id_taken')).toHaveLength(39);
      const holders = [
        await payouts.findByOrder(ACCOUNT, orderId),
        await storedCards.findByOrder(ACCOUNT, orderId),
      ];
      expect(holders.filter((holder) => holder !== undefined)).toHaveLength(1);
    }
  });

  it('accepts exactly once out of 50 at the same time', async () => {
    const { storedCards } = journal();
    const entry = newCard();
    const results = await Promise.all(Array.from({ length: 50 }, () => storedCards.accept(entry)));
    expect(results.filter((result) => result.kind === 'accepted')).toHaveLength(1);
    expect(results.filter((result) => result.kind === 'repeat')).toHaveLength(49);
    expect(await storedCards.events(cardKeyOf(entry))).toHaveLength(1);
  });

  it('keeps nothing of a card but what is sealed and masked', async () => {
    const { storedCards } = journal();
    const careless = { sealed: cards.SEALED, masked: '220000******0004', cvvSecretId: 's3cr3t', cvv: '123' };
    const key = await acceptedCard(journal(), { card: careless });
    expect((await storedCards.read(key))?.request.card).toEqual({
      sealed: cards.SEALED,
      masked: '220000******0004',
    });
    const readable = [
      { sealed: '2200000000000004', masked: '220000******0004' },
      { sealed: cards.SEALED, masked: '2200000000000004' },
      { sealed: `${cards.SEALED}${'A'.repeat(4096)}`, masked: '220000******0004' },
    ];
    for (const card of readable) {
      const error: unknown = await storedCards.accept(newCard({ card })).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect(String(error)).toMatch(/sealed|masked/);
      expect(String(error)).not.toContain('2200000000000004');
    }
  });

  it('lets one out of 30 at the same time send', async () => {
    const { storedCards } = journal();
    const key = await acceptedCard(journal());
    const begun = await Promise.all(Array.from({ length: 30 }, () => storedCards.beginStoring(key)));
    expect(begun.filter(Boolean)).toHaveLength(1);
    const record = await storedCards.read(key);
    expect(record?.card).toMatchObject({ status: 'requested', version: 2 });
    const waited = Date.parse(record?.readAt ?? '') - Date.parse(record?.sentAt ?? '');
    expect(waited).toBeGreaterThanOrEqual(0);
    expect(waited).toBeLessThan(60_000);
    expect(await storedCards.events(key)).toMatchObject([
      { type: 'accepted' },
      { sequence: 2, type: 'sent', actor: 'engine' },
    ]);
  });

  it('lets it be sent once more where nothing left, and only while its outcome is open', async () => {
    const { storedCards } = journal();
    const key = await acceptedCard(journal());
    await storedCards.endUnsent(key);
    expect(await storedCards.beginStoring(key)).toBe(true);
    await storedCards.endUnsent(key);
    await storedCards.endUnsent(key);
    expect(await storedCards.read(key)).not.toHaveProperty('sentAt');
    expect(await storedCards.beginStoring(key)).toBe(true);
    expect(await storedCards.beginStoring(key)).toBe(false);
    const types = (await storedCards.events(key)).map((event) => event.type);
    expect(types).toEqual(['accepted', 'sent', 'unsent', 'sent']);

    const words = [cards.CHALLENGE, cards.STORED, cards.NOT_STORED, cards.TIMED_OUT, cards.UNCLEAR];
    for (const word of words) {
      const settled = await acceptedCard(journal());
      await storedCards.beginStoring(settled);
      await storedCards.recordProgress(settled, word, PROVIDER);
      await storedCards.endUnsent(settled);
      expect(await storedCards.beginStoring(settled), word.kind).toBe(false);
      expect(await storedCards.read(settled)).toHaveProperty('sentAt');
    }
  });

  it('does not send a card that was settled or removed before', async () => {
    const { storedCards } = journal();
    const failed = await acceptedCard(journal());
    await storedCards.recordProgress(failed, cards.REFUSED, ENGINE);
    expect(await storedCards.beginStoring(failed)).toBe(false);
    const removed = await acceptedCard(journal());
    await storedCards.remove(removed, OPERATOR);
    expect(await storedCards.beginStoring(removed)).toBe(false);
  });
}
