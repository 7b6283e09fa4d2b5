import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { AccountId, PayoutId } from '../../../domain/ids.js';
import type { Journal, PayoutFilter } from '../../../journal/port.js';
import {
  accepted,
  answered,
  begin,
  keyOf,
  newMerchant,
  newPayout,
  PAID,
  unique,
} from '../support/samples.js';

export function listing(journal: () => Journal): void {
  const all = async (
    filter: PayoutFilter,
    limit: number,
    between: () => Promise<unknown> = async () => undefined,
  ) => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await journal().payouts.list(filter, { limit, cursor });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      ids.push(...page.items.map((payout) => payout.payoutId));
      cursor = page.nextCursor;
      if (cursor !== undefined) await between();
    } while (cursor !== undefined);
    return ids;
  };

  it('pages newest first, each payout once, while others are being inserted', async () => {
    const merchant = newMerchant();
    const ids = Array.from({ length: 25 }, (_, index) => `p${index}` as PayoutId);
    // Several share a millisecond: the order must hold among them too.
    await Promise.all(ids.slice(0, 15).map((payoutId) => accepted(journal(), { merchant, payoutId })));
    for (const payoutId of ids.slice(15)) await accepted(journal(), { merchant, payoutId });
    await sleep(5);

    const complete = await all({ merchant }, 100);
    expect([...complete].sort()).toEqual([...ids].sort());
    expect(await all({ merchant }, 7, () => accepted(journal(), { merchant }))).toEqual(complete);
    expect(await all({ merchant }, 1000)).toHaveLength(25 + 3);
  });

  it('ends without a cursor on a page that is exactly full', async () => {
    const merchant = newMerchant();
    await accepted(journal(), { merchant });
    await accepted(journal(), { merchant });
    expect(await journal().payouts.list({ merchant }, { limit: 2 })).not.toHaveProperty('nextCursor');
    expect(await journal().payouts.list({ merchant: newMerchant() }, { limit: 2 })).toEqual({ items: [] });
  });

  it('filters by every field, alone and together', async () => {
    const { payouts } = journal();
    const [merchant, account, batch] = [newMerchant(), unique('a') as AccountId, unique('b')];
    const cardFingerprint = randomBytes(16).toString('hex');
    const entry = newPayout({ merchant, account, batch });
    const key = keyOf(entry);
    expect(await payouts.accept({ ...entry, cardFingerprint })).toMatchObject({
      payout: { cardFingerprint },
    });
    await begin(journal(), key);
    const paid = await payouts.endAttempt(key, 1, answered(PAID));
    await accepted(journal(), { merchant, account: unique('a') as AccountId });
    const own = [key.payoutId];
    const later = new Date(Date.parse(paid.createdAt) + 1).toISOString();

    expect(await all({ account }, 10)).toEqual(own);
    expect(await all({ batch }, 10)).toEqual(own);
    expect(await all({ cardFingerprint }, 10)).toEqual(own);
    expect(await all({ merchant, cardFingerprint: 'f'.repeat(32) }, 10)).toEqual([]);
    expect(await all({ merchant, status: 'succeeded' }, 10)).toEqual(own);
    expect(await all({ merchant, status: 'declined' }, 10)).toEqual([]);
    expect(await all({ account, createdFrom: paid.createdAt }, 10)).toEqual(own);
    expect(await all({ account, createdTo: paid.createdAt }, 10)).toEqual([]);
    expect(await all({ account, createdFrom: later }, 10)).toEqual([]);
    const everything = { merchant, account, batch, createdFrom: paid.createdAt, createdTo: later } as const;
    expect(await all({ ...everything, status: 'succeeded' }, 10)).toEqual(own);
  });

  it('refuses a cursor that it did not give out', async () => {
    const forged = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString('base64url');
    const genuine = forged([1, '2026-01-01T00:00:00.000Z', 'm', 'p']);
    await journal().payouts.list({}, { limit: 1, cursor: genuine });
    const cursors = [
      '',
      'garbage',
      '%%%',
      `${genuine}=`,
      forged({}),
      forged([2, '2026-01-01T00:00:00.000Z', 'm', 'p']),
      forged([1, 'yesterday', 'm', 'p']),
      forged([1, '2026-13-41T00:00:00.000Z', 'm', 'p']),
      forged([1, '2026-01-01T00:00:00.000Z', 'm\u0000', 'p']),
      forged([1, '2026-01-01T00:00:00.000Z', 'm']),
    ];
    for (const cursor of cursors) {
      const page = journal().payouts.list({}, { limit: 1, cursor });
      await expect(page, cursor).rejects.toMatchObject({ name: 'InvalidCursorError' });
    }
  });
}
