import { expect, it } from 'vitest';
import type { Journal } from '../../../journal/port.js';
import { ACCOUNT, accepted, ACTOR, keyOf, newPayout } from '../support/samples.js';

export function accepting(journal: () => Journal): void {
  it('writes a payout down and reads it back whole', async () => {
    const { payouts } = journal();
    const entry = newPayout({
      batch: 'may',
      description: 'Prize',
      returnUrls: { success: 'https://shop.example/ok' },
    });
    const result = await payouts.accept(entry);
    expect(result.kind).toBe('accepted');

    const stored = await payouts.read(keyOf(entry));
    expect(stored?.request).toEqual(entry.request);
    expect(stored?.attempts).toEqual([]);
    expect(stored?.payout).toMatchObject({
      ...keyOf(entry),
      account: ACCOUNT,
      provider: 'all2pay',
      orderId: entry.orderId,
      amount: { minor: 10_050, currency: 'RUB' },
      destination: 'card 220000******0004',
      status: 'created',
      batch: 'may',
      metadata: { invoice: '17' },
    });
    expect(stored?.payout.createdAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/);
    expect(Math.abs(Date.now() - Date.parse(stored?.payout.createdAt ?? ''))).toBeLessThan(60_000);
    expect(await payouts.get(keyOf(entry))).toEqual(stored?.payout);
    expect(await payouts.findByOrder(ACCOUNT, entry.orderId)).toEqual(stored?.payout);
    expect(await payouts.events(keyOf(entry))).toMatchObject([
      { sequence: 1, type: 'accepted', to: 'created', actor: ACTOR },
    ]);
  });

  it('keeps the largest amount exactly', async () => {
    const key = await accepted(journal(), { amount: { minor: 999_999_999_999, currency: 'JPY' } });
    expect((await journal().payouts.get(key))?.amount.minor).toBe(999_999_999_999);
  });

  it('knows nothing of what was never accepted', async () => {
    const { payouts } = journal();
    const { orderId, ...entry } = newPayout();
    expect(await payouts.get(keyOf({ ...entry, orderId }))).toBeUndefined();
    expect(await payouts.read(keyOf({ ...entry, orderId }))).toBeUndefined();
    expect(await payouts.findByOrder(ACCOUNT, orderId)).toBeUndefined();
    await expect(
      payouts.recordProgress(keyOf({ ...entry, orderId }), { kind: 'pending' }, { actor: 'engine' }),
    ).rejects.toMatchObject({ name: 'UnknownPayoutError' });
  });

  it('returns the original to a repeat, as it stands by then', async () => {
    const { payouts } = journal();
    const entry = newPayout();
    await payouts.accept(entry);
    const moved = await payouts.changeStatus(keyOf(entry), 'processing', undefined, { actor: 'engine' });
    expect(await payouts.accept(entry)).toEqual({ kind: 'repeat', payout: moved });
    expect(await payouts.events(keyOf(entry))).toHaveLength(2);
  });

  it('refuses other content under the same id', async () => {
    const { payouts } = journal();
    const entry = newPayout();
    await payouts.accept(entry);
    const other = await payouts.accept({ ...entry, contentFingerprint: 'content-2' });
    expect(other).toMatchObject({ kind: 'conflict', original: { orderId: entry.orderId } });
  });

  it('keeps the ids of two merchants apart', async () => {
    const { payouts } = journal();
    const first = newPayout();
    const second = newPayout({ payoutId: first.request.payoutId });
    await payouts.accept(first);
    expect((await payouts.accept(second)).kind).toBe('accepted');
  });

  it('names the payout that holds an order id already', async () => {
    const { payouts } = journal();
    const first = newPayout();
    await payouts.accept(first);
    const second = newPayout({ orderId: first.orderId });
    expect(await payouts.accept(second)).toEqual({ kind: 'order_id_taken', by: keyOf(first) });
    expect(await payouts.get(keyOf(second))).toBeUndefined();
  });

  it('accepts exactly once out of 100 at the same time', async () => {
    const entry = newPayout();
    const results = await Promise.all(Array.from({ length: 100 }, () => journal().payouts.accept(entry)));
    expect(results.filter((result) => result.kind === 'accepted')).toHaveLength(1);
    expect(results.filter((result) => result.kind === 'repeat')).toHaveLength(99);
    expect(await journal().payouts.events(keyOf(entry))).toHaveLength(1);
  });
}
