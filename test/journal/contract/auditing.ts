import { expect, it } from 'vitest';
import type { MerchantId, StoredCardId } from '../../../domain/ids.js';
import type { AuditEvent, AuditFilter } from '../../../journal/audit/port.js';
import type { Journal } from '../../../journal/port.js';
import { acceptedCard } from '../support/cards.js';
import { acceptedPayment } from '../support/payments.js';
import { accepted, ACTOR, executed, newMerchant, unique, UNKNOWN } from '../support/samples.js';

export function auditing(journal: () => Journal): void {
  const list = async (filter: AuditFilter): Promise<readonly AuditEvent[]> =>
    (await journal().audit.list(filter, { limit: 100 })).items;
  const told = async (merchant: MerchantId) =>
    (await list({ merchant })).map(({ actor, action, subject, reason, outcome }) => [
      ...[actor, action, subject, reason, outcome],
    ]);

  it('reads the commands of people in the histories, and nothing of the engine', async () => {
    const merchant = newMerchant();
    const { payouts, storedCards } = journal();
    const olga = { actor: 'key:00 olga', reason: 'ordered twice' };
    const key = await accepted(journal(), { merchant });
    await payouts.closeUnsent(key, { to: 'cancelled', reason: { code: 'cancelled', message: 'x' } }, olga);
    const payment = await acceptedPayment(journal(), { merchant });
    const card = await acceptedCard(journal(), { merchant });
    await storedCards.remove(card, { actor: 'cli:anna', reason: 'left' });
    // Several may be of the same millisecond: their order is another test's.
    expect(new Set(await told(merchant))).toEqual(
      new Set([
        ['cli:anna', 'removeStoredCard', `stored card ${card.storedCardId}`, 'left', 'done'],
        [ACTOR, 'storeCard', `stored card ${card.storedCardId}`, undefined, 'done'],
        [ACTOR, 'createPayment', `payment ${payment.paymentId}`, undefined, 'done'],
        ['key:00 olga', 'cancelPayout', `payout ${key.payoutId}`, 'ordered twice', 'done'],
        [ACTOR, 'createPayout', `payout ${key.payoutId}`, undefined, 'done'],
      ]),
    );
  });

  it('tells of verdicts, and of cancels that were refused', async () => {
    const key = await executed(journal(), UNKNOWN);
    const { payouts } = journal();
    const by = { actor: 'key:00 olga', reason: 'why' };
    await payouts.closeUnsent(key, { to: 'cancelled', reason: { code: 'cancelled', message: 'x' } }, by);
    await payouts.changeStatus(key, 'in_review', { code: 'c', message: 'm' }, { actor: 'engine' });
    await payouts.changeStatus(
      key,
      'declined',
      { code: 'operator_not_paid', message: 'why' },
      by,
      'in_review',
    );
    await payouts.changeStatus(key, 'succeeded', { code: 'operator_succeeded', message: 'why' }, by);
    expect((await told(key.merchant)).map(([, action, , , outcome]) => [action, outcome])).toEqual([
      ['correctPayout', 'done'],
      ['resolvePayout', 'done'],
      ['cancelPayout', 'refused'],
      ['createPayout', 'done'],
    ]);
  });

  it('keeps what no history tells: keys, stops, and what was denied', async () => {
    const merchant = newMerchant();
    const { apiKeys, stops, audit } = journal();
    const by = { actor: 'key:11 root', requestId: 'r-1' };
    const { key } = await apiKeys.add({ name: 'shop', roles: ['create', 'read'], merchant }, by);
    await apiKeys.rotate(key.id, { graceSecs: 0, reason: 'seen' }, by);
    await apiKeys.revoke(key.id, by);
    await apiKeys.revoke(key.id, by);
    const { stop } = await stops.add({ scope: { kind: 'merchant', value: merchant }, reason: 'halt', ...by });
    await stops.add({ scope: { kind: 'merchant', value: merchant }, reason: 'again', ...by });
    await stops.resume(stop.id, { ...by, reason: 'over' });
    await stops.resume(stop.id, { ...by, reason: 'over' });
    await audit.note({
      actor: 'key:22 eve',
      action: 'getPayout',
      merchant,
      outcome: 'denied',
      requestId: 'r-2',
    });
    const about = `stop ${stop.id} of merchant ${merchant}`;
    expect(await list({ merchant })).toMatchObject([
      { actor: 'key:22 eve', action: 'getPayout', outcome: 'denied', requestId: 'r-2' },
      { action: 'resumeStop', subject: about, reason: 'over', requestId: 'r-1' },
      { action: 'addStop', subject: about, reason: 'halt' },
      { action: 'revokeApiKey', subject: `api key ${key.id}` },
      { action: 'rotateApiKey', reason: 'seen' },
      { action: 'addApiKey', subject: `api key ${key.id}`, reason: 'shop: create, read', actor: by.actor },
    ]);
  });

  it('is searched by actor, action and time, and goes on where the page ended', async () => {
    const merchant = newMerchant();
    const actor = `key:${unique('k')} olga`;
    for (let n = 1; n <= 5; n += 1) {
      await journal().audit.note({
        actor,
        action: `act${n % 2}`,
        merchant,
        subject: `${n}`,
        outcome: 'done',
      });
    }
    await acceptedCard(journal(), { merchant, storedCardId: 'c' as StoredCardId });
    expect(await list({ actor })).toHaveLength(5);
    expect(await list({ actor: actor.slice(4, -5) })).toHaveLength(5);
    expect(await list({ actor: `${actor.slice(4, -6)}` })).toEqual([]);
    expect((await list({ actor, action: 'act0' })).map(({ subject }) => subject)).toEqual(['4', '2']);
    const [newest] = await list({ actor });
    const at = newest?.at ?? '';
    expect((await list({ actor, since: at })).length).toBeGreaterThan(0);
    expect((await list({ actor, until: at })).every((event) => event.at < at)).toBe(true);

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await journal().audit.list({ merchant }, { limit: 2, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual((await list({ merchant })).map(({ id }) => id));
    expect(new Set(seen).size).toBe(6);
  });
}
