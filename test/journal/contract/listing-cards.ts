import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { AccountId, StoredCardId } from '../../../domain/ids.js';
import type { StoredCardFilter } from '../../../domain/inquiry.js';
import type { Journal } from '../../../journal/port.js';
import { acceptedCard, STORED } from '../support/cards.js';
import { accepted, newMerchant, PROVIDER, unique } from '../support/samples.js';

export function listingCards(journal: () => Journal): void {
  const all = async (
    filter: StoredCardFilter,
    limit: number,
    between: () => Promise<unknown> = async () => undefined,
  ) => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await journal().storedCards.list(filter, { limit, cursor });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      ids.push(...page.items.map((card) => card.storedCardId));
      cursor = page.nextCursor;
      if (cursor !== undefined) await between();
    } while (cursor !== undefined);
    return ids;
  };

  it('pages newest first, each card once, while others are being inserted', async () => {
    const merchant = newMerchant();
    const add = (storedCardId: string) =>
      acceptedCard(journal(), { merchant, storedCardId: storedCardId as StoredCardId });
    // Several share a millisecond: the order must hold among them too.
    const together = Array.from({ length: 10 }, (_, index) => `t${index}`);
    await Promise.all(together.map(add));
    await sleep(5);
    for (const id of ['first', 'second', 'third']) {
      await add(id);
      await sleep(5);
    }

    const complete = await all({ merchant }, 100);
    expect(complete.slice(0, 3)).toEqual(['third', 'second', 'first']);
    expect(complete.slice(3).sort()).toEqual(together);
    expect(await all({ merchant }, 4, () => add(unique('c')))).toEqual(complete);
    expect(await all({ merchant }, 1000)).toHaveLength(13 + 3);
  });

  it('ends without a cursor on a page that is exactly full', async () => {
    const merchant = newMerchant();
    await acceptedCard(journal(), { merchant });
    await acceptedCard(journal(), { merchant });
    expect(await journal().storedCards.list({ merchant }, { limit: 2 })).not.toHaveProperty('nextCursor');
    expect(await journal().storedCards.list({ merchant: newMerchant() }, { limit: 2 })).toEqual({
      items: [],
    });
  });

  it('filters by every field, alone and together, and shows what a reader of one card sees', async () => {
    const { storedCards } = journal();
    const [merchant, account] = [newMerchant(), unique('a') as AccountId];
    const source = await acceptedCard(journal(), { merchant, account, purpose: 'source' });
    const target = await acceptedCard(journal(), { merchant, account, purpose: 'destination' });
    const elsewhere = await acceptedCard(journal(), { merchant, account: unique('a') as AccountId });
    await storedCards.recordProgress(target, STORED, PROVIDER);

    expect(await all({ account }, 10)).toEqual(
      expect.arrayContaining([source.storedCardId, target.storedCardId]),
    );
    expect(await all({ merchant }, 10)).toHaveLength(3);
    expect(await all({ account, purpose: 'source' }, 10)).toEqual([source.storedCardId]);
    expect(await all({ merchant, purpose: 'destination' }, 10)).toEqual([target.storedCardId]);
    expect(await all({ merchant, status: 'active' }, 10)).toEqual([target.storedCardId]);
    expect((await all({ merchant, status: 'requested' }, 10)).sort()).toEqual(
      [source.storedCardId, elsewhere.storedCardId].sort(),
    );
    expect(await all({ merchant, account, purpose: 'source', status: 'active' }, 10)).toEqual([]);
    const { items } = await storedCards.list({ account, status: 'active' }, { limit: 10 });
    expect(items).toEqual([(await storedCards.read(target))?.card]);
  });

  it("refuses a cursor that it did not give out, be it the payouts'", async () => {
    const merchant = newMerchant();
    await accepted(journal(), { merchant });
    await accepted(journal(), { merchant });
    const { nextCursor } = await journal().payouts.list({ merchant }, { limit: 1 });
    const forged = Buffer.from(JSON.stringify(['card-1', '2026-01-01T00:00:00.000Z', 'm', 'a/b'])).toString(
      'base64url',
    );
    for (const cursor of [nextCursor ?? '', 'garbage', '', forged]) {
      const page = journal().storedCards.list({}, { limit: 1, cursor });
      await expect(page, cursor).rejects.toMatchObject({ name: 'InvalidCursorError' });
    }
    await acceptedCard(journal(), { merchant });
    await acceptedCard(journal(), { merchant });
    const cards = await journal().storedCards.list({ merchant }, { limit: 1 });
    const page = journal().payouts.list({}, { limit: 1, cursor: cards.nextCursor ?? '' });
    await expect(page).rejects.toMatchObject({ name: 'InvalidCursorError' });
  });
}
