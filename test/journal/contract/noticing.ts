import { expect, it } from 'vitest';
import type { PayoutKey } from '../../../domain/ids.js';
import type { Notice } from '../../../journal/outbox-port.js';
import type { Journal } from '../../../journal/port.js';
import {
  accepted,
  ACCOUNT,
  answered,
  CONTRADICTION,
  DECLINED,
  executed,
  OPERATOR,
  PAID,
  PENDING,
  PROVIDER,
  RETURNED,
} from '../support/samples.js';

const BY = { actor: 'cli:olga' };

export function noticing(journal: () => Journal): void {
  /** All of one payout that nobody was told of yet. */
  const noticesOf = async ({ merchant, payoutId }: PayoutKey): Promise<readonly Notice[]> =>
    (await journal().outbox.undelivered(100_000)).filter(
      (notice) => notice.merchant === merchant && notice.subjectId === payoutId,
    );
  /** Takes what is due until it is this payout's: other tests leave theirs. */
  const take = async (key: PayoutKey): Promise<Notice | undefined> => {
    const due = await journal().outbox.due(100_000);
    return due.find((notice) => notice.merchant === key.merchant && notice.subjectId === key.payoutId);
  };

  it('are written with a review’s beginning and end, corrections and contradictions, and with nothing else', async () => {
    const { payouts } = journal();
    const quiet = await executed(journal(), answered(PENDING));
    await payouts.recordProgress(quiet, PAID, PROVIDER);
    await payouts.recordProgress(quiet, PAID, PROVIDER);
    expect(await noticesOf(quiet)).toEqual([]);

    const key = await executed(journal(), answered(CONTRADICTION));
    await payouts.recordProgress(key, { ...CONTRADICTION, code: 'other' } as typeof CONTRADICTION, PROVIDER);
    const typed = { code: 'operator_paid', message: 'Anna Petrova says so' };
    await payouts.changeStatus(key, 'succeeded', typed, OPERATOR);
    await payouts.recordProgress(key, DECLINED, PROVIDER);
    await payouts.recordProgress(key, RETURNED, PROVIDER);
    const notices = await noticesOf(key);
    expect(notices).toMatchObject([
      { kind: 'review_entered', from: 'processing', to: 'in_review', reason: { code: 'amount' } },
      { kind: 'review_left', from: 'in_review', to: 'succeeded', reason: { code: 'operator_paid' } },
      { kind: 'contradiction', from: 'succeeded', to: 'succeeded', reason: { code: '51' } },
      { kind: 'correction', from: 'succeeded', to: 'returned', reason: { code: 'reversal' } },
    ]);
    expect(notices[0]).toMatchObject({ subject: 'payout', account: ACCOUNT, state: 'waiting', tries: 0 });
    // What a person typed may name another.
    expect(JSON.stringify(notices)).not.toContain('Petrova');
  });

  it('are taken by one at a time, and again after a failed try, until they are dead', async () => {
    const { outbox, payouts } = journal();
    const key = await accepted(journal());
    await payouts.changeStatus(key, 'in_review', undefined, { actor: 'engine' });
    const mine = await take(key);
    expect(mine).toMatchObject({ tries: 1, state: 'waiting' });
    expect(await take(key)).toBeUndefined();

    await outbox.failed(mine?.id ?? '', 'HTTP 500', 0);
    const again = await take(key);
    expect(again).toMatchObject({ id: mine?.id, tries: 2, lastError: 'HTTP 500' });

    await outbox.failed(mine?.id ?? '', 'HTTP 410', undefined);
    expect(await take(key)).toBeUndefined();
    expect(await noticesOf(key)).toMatchObject([{ state: 'dead', lastError: 'HTTP 410' }]);

    expect(await outbox.retry(mine?.id ?? '', BY)).toBe(true);
    expect(await take(key)).toMatchObject({ tries: 1 });
    await outbox.delivered(mine?.id ?? '');
    expect(await noticesOf(key)).toEqual([]);
    expect(await outbox.retry(mine?.id ?? '', BY)).toBe(false);
    expect(await outbox.retry('x', BY)).toBe(false);
  });

  it('go to one of many who take them at once', async () => {
    const { outbox, payouts } = journal();
    const key = await accepted(journal());
    await payouts.changeStatus(key, 'in_review', undefined, { actor: 'engine' });
    const taken = (await Promise.all(Array.from({ length: 10 }, () => outbox.due(100_000)))).flat();
    expect(taken.filter(({ subjectId }) => subjectId === key.payoutId)).toHaveLength(1);
  });
}
