import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { AccountId, MerchantId, PayoutKey } from '../../../domain/ids.js';
import type { Journal } from '../../../journal/port.js';
import { accepted, begin, ENGINE, newMerchant, OPERATOR, unique } from '../support/samples.js';

const REVIEW = { code: 'no_final_answer', message: 'Still processing' };

export function reviewing(journal: () => Journal): void {
  const idsOf = async (filter: { merchant?: MerchantId; account?: AccountId }, limit = 100) => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await journal().payouts.reviews(filter, { limit, cursor });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      ids.push(...page.items.map(({ payout }) => payout.payoutId));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return ids;
  };
  const toReview = (key: PayoutKey) => journal().payouts.changeStatus(key, 'in_review', REVIEW, ENGINE);

  it('lists what waits by how long it waits, not by when it was made, in pages of any size', async () => {
    const { payouts } = journal();
    const merchant = newMerchant();
    const [first, second, third] = [
      await accepted(journal(), { merchant }),
      await accepted(journal(), { merchant }),
      await accepted(journal(), { merchant }),
    ];
    await accepted(journal(), { merchant });
    for (const key of [third, first, second]) {
      await begin(journal(), key);
      await toReview(key);
      await sleep(3);
    }
    expect(await idsOf({ merchant })).toEqual([third.payoutId, first.payoutId, second.payoutId]);

    // Asked again and come back: it waits since the last time.
    await payouts.changeStatus(third, 'processing', undefined, OPERATOR);
    await sleep(3);
    await toReview(third);
    const order = [first.payoutId, second.payoutId, third.payoutId];
    for (const limit of [1, 2, 3]) expect(await idsOf({ merchant }, limit)).toEqual(order);

    const [oldest] = (await payouts.reviews({ merchant }, { limit: 1 })).items;
    const moved = (await payouts.events(first)).find(({ to }) => to === 'in_review');
    expect(oldest).toEqual({ since: moved?.at, payout: await payouts.get(first) });

    await payouts.changeStatus(first, 'declined', REVIEW, OPERATOR);
    expect(await idsOf({ merchant })).toEqual([second.payoutId, third.payoutId]);
  });

  it('filters by account, and refuses the cursor of another list', async () => {
    const account = unique('a') as AccountId;
    const key = await accepted(journal(), { account });
    await toReview(key);
    expect(await idsOf({ account })).toEqual([key.payoutId]);
    const { payouts } = journal();
    await accepted(journal());
    const { nextCursor } = await payouts.list({}, { limit: 1 });
    const page = payouts.reviews({}, { limit: 1, cursor: nextCursor });
    await expect(page).rejects.toMatchObject({ name: 'InvalidCursorError' });
  });
}
