import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { OrderId } from '../../../domain/ids.js';
import type { Journal } from '../../../journal/port.js';
import { ACCOUNT, keyOf, newPayout, PAID, unique } from '../support/samples.js';

function callback(orderId: OrderId, dedupeKey = unique('d')) {
  return {
    account: ACCOUNT,
    orderId,
    dedupeKey,
    proof: PAID,
    raw: {
      method: 'POST',
      url: '/callbacks/demo?x=1',
      headers: { 'content-type': 'application/json', 'x-odd': 'a\u0000b' },
      body: new Uint8Array([0, 1, 254, 255]),
    },
  };
}

const BY = { actor: 'cli:olga' };

export function receiving(journal: () => Journal): void {
  it('stores a callback once, and tells its payout', async () => {
    const { inbox, payouts } = journal();
    const entry = newPayout();
    await payouts.accept(entry);
    const message = callback(entry.orderId);
    const first = await inbox.store(message);
    expect(first).toMatchObject({
      repeated: false,
      callback: { orderId: entry.orderId, state: 'received', proof: PAID },
    });
    const again = await inbox.store(message);
    expect(again).toEqual({ repeated: true, callback: first.callback });
    expect((await payouts.events(keyOf(entry))).slice(1)).toMatchObject([
      {
        sequence: 2,
        type: 'callback',
        actor: 'provider:demo',
        data: { callbackId: first.callback.id, proof: 'paid' },
      },
    ]);
    expect(await payouts.get(keyOf(entry))).toMatchObject({ status: 'created' });
  });

  it('stores a callback for an order that nobody knows', async () => {
    const { proof: _, ...message } = callback(unique('o') as OrderId);
    const { callback: stored } = await journal().inbox.store(message);
    expect(stored).not.toHaveProperty('proof');
  });

  it('lists the orphans of an account, oldest first, and lets one wait again', async () => {
    const { inbox } = journal();
    const account = unique('a') as typeof ACCOUNT;
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const { callback: stored } = await inbox.store({ ...callback(unique('o') as OrderId), account });
      await inbox.mark(stored.id, 'orphan');
      ids.push(stored.id);
    }
    const listed: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await inbox.list({ state: 'orphan', account }, { limit: 2, cursor });
      listed.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(listed).toEqual(ids);
    expect(await inbox.retryOrphan(ids[1] ?? '', BY)).toBe(true);
    expect(await inbox.retryOrphan(ids[1] ?? '', BY)).toBe(false);
    expect(await inbox.retryOrphan('x', BY)).toBe(false);
    expect((await inbox.list({ state: 'received', account }, { limit: 9 })).items).toMatchObject([
      { id: ids[1] },
    ]);
  });

  it('keeps what a hint suggests', async () => {
    const { proof: _, ...hint } = callback(unique('o') as OrderId);
    const { callback: stored } = await journal().inbox.store({ ...hint, suggests: 'returned' });
    expect(stored).toMatchObject({ suggests: 'returned' });
    expect(await journal().inbox.ofOrder(ACCOUNT, hint.orderId)).toEqual([stored]);
  });

  it('stores one out of 30 at the same time, amid other writes to the payout', async () => {
    const { inbox, payouts } = journal();
    const entry = newPayout();
    await payouts.accept(entry);
    const message = callback(entry.orderId);
    const results = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        if (index % 3 === 0)
          await payouts.recordProgress(keyOf(entry), { kind: 'pending' }, { actor: 'engine' });
        return inbox.store(message);
      }),
    );
    expect(results.filter((result) => !result.repeated)).toHaveLength(1);
    expect(new Set(results.map((result) => result.callback.id)).size).toBe(1);
    const types = (await payouts.events(keyOf(entry))).map((event) => event.type).sort();
    expect(types).toEqual(['accepted', 'callback', 'status']);
  });

  it('keeps the same dedupe key of two accounts apart', async () => {
    const { inbox } = journal();
    const message = callback(unique('o') as OrderId);
    await inbox.store(message);
    const other = { ...message, account: unique('a') as typeof ACCOUNT };
    expect((await inbox.store(other)).repeated).toBe(false);
  });

  it('lists what waits for delivery, oldest first, until it is marked', async () => {
    const { inbox } = journal();
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      ids.push((await inbox.store(callback(unique('o') as OrderId))).callback.id);
      await sleep(3);
    }
    const waiting = async () => {
      const pending = await inbox.pending(0, 10_000);
      return pending.map((stored) => stored.id).filter((id) => ids.includes(id));
    };
    expect(await waiting()).toEqual(ids);
    expect(await inbox.pending(60_000, 10_000)).toEqual([]);
    expect(await inbox.pending(0, 1)).toHaveLength(1);
    await inbox.mark(ids[0] ?? '', 'delivered');
    await inbox.mark(ids[2] ?? '', 'orphan');
    expect(await waiting()).toEqual([ids[1]]);
    await expect(inbox.mark('999999999', 'late')).rejects.toThrow('no callback 999999999');
    await expect(inbox.mark('x', 'late')).rejects.toThrow('no callback x');
  });
}
