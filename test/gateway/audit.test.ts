import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IssuedApiKey } from '../../journal/api-keys-port.js';
import type { AuditEvent } from '../../journal/audit/port.js';
import { stopStopwatch } from '../support/stop-clock.js';
import { CARD, payoutBody, shop, startGateway, until, type Harness } from './harness.js';

let gateway: Harness;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const post = (path: string, body?: unknown, key = gateway.keys.operator) =>
  gateway.ask('POST', path, { key, ...(body !== undefined && { body }) });
const audit = async (query: string, key = gateway.keys.operator) =>
  (await gateway.ask('GET', `/v1/audit?${query}`, { key })).json as unknown as {
    items: AuditEvent[];
    nextCursor?: string;
  };
const made = async (name: string, roles: IssuedApiKey['key']['roles'], merchant?: typeof shop) =>
  gateway.journal.apiKeys.add({ name, roles, merchant }, { actor: 'engine' });
/** What is denied is written down after the answer. */
const soon = async (query: string): Promise<AuditEvent[]> => {
  let items: AuditEvent[] = [];
  await until(async () => ({ items } = await audit(query)).items.length > 0);
  return items;
};

describe('the audit', () => {
  it('tells who made a payout, and who cancelled it, out of its history', async () => {
    const { key, secret } = await made('till 7', ['create'], shop);
    await post('/v1/payouts', payoutBody('a-1'), secret);
    await post('/v1/payouts/a-1/cancel', { merchant: 'shop', reason: 'ordered twice' });
    const events = await gateway.ask('GET', '/v1/payouts/a-1/events', { key: secret });
    expect(events.json['items']).toMatchObject([
      { type: 'accepted', actor: `key:${key.id} till 7` },
      { to: 'cancelled', actor: expect.stringMatching(/^key:[0-9a-f]{16} olga$/) as string },
    ]);
    const about = { merchant: 'shop', subject: 'payout a-1', outcome: 'done' };
    expect((await audit(`merchant=shop&actor=${key.id}`)).items).toMatchObject([
      { ...about, action: 'createPayout', actor: `key:${key.id} till 7` },
    ]);
    expect((await audit('merchant=shop&action=cancelPayout')).items).toHaveLength(1);
  });

  it('tells of keys and stops, with the request', async () => {
    const answer = await post('/v1/stops', { scope: { kind: 'all' }, reason: 'looking into it' });
    const { stop } = answer.json as unknown as { stop: { id: string } };
    await post(`/v1/stops/${stop.id}/resume`, { reason: 'looked' });
    const [added] = (await audit('action=addStop')).items;
    expect(added).toMatchObject({
      ...{ subject: `stop ${stop.id} of all`, reason: 'looking into it', outcome: 'done' },
      requestId: answer.headers.get('x-request-id'),
    });
    expect((await audit('action=resumeStop')).items).toMatchObject([{ reason: 'looked' }]);
  });

  it('tells what was denied and refused, whoever asked, and keeps no card number of it', async () => {
    const { key, secret } = await made('eve', ['read'], shop);
    const path = `/v1/payouts/${CARD}/cancel?merchant=bank`;
    const denied = await gateway.ask('POST', path, { key: secret, body: { reason: CARD } });
    expect(denied.status).toBe(403);
    const [event] = await soon(`actor=${key.id}`);
    expect(event).toMatchObject({ action: 'cancelPayout', outcome: 'denied', merchant: 'shop' });
    expect(JSON.stringify(event)).not.toContain(CARD);

    await post('/v1/payouts/none/cancel', { merchant: 'bank', reason: 'why not' });
    expect(await soon('merchant=bank&action=cancelPayout')).toMatchObject([
      { outcome: 'refused', subject: 'payout none', reason: 'why not' },
    ]);
  });

  it("tells when a merchant's key names another merchant, though the answer does not", async () => {
    const { key, secret } = await made('curious', ['read'], shop);
    const answer = await gateway.ask('GET', '/v1/payouts/b-1?merchant=bank', { key: secret });
    expect(answer.status).toBe(404);
    expect(await soon(`actor=${key.id}`)).toMatchObject([
      { action: 'getPayout', outcome: 'denied', subject: 'payout b-1', merchant: 'shop' },
    ]);
  });

  it('tells when a secret that is over is tried, and not of forged ones', async () => {
    const { key, secret } = await made('former', ['read']);
    await gateway.journal.apiKeys.revoke(key.id, { actor: 'engine' });
    await gateway.ask('GET', '/v1/payouts', { key: `${secret.slice(0, -4)}AAAA` });
    await gateway.ask('GET', '/v1/payouts', { key: secret });
    expect(await soon(`actor=${key.id}`)).toMatchObject([{ action: 'listPayouts', outcome: 'denied' }]);
  });

  it('writes down what is repeated without end up to a number', async () => {
    // A number per minute.
    stopStopwatch();
    const { key, secret } = await made('flood', ['read']);
    await Promise.all(Array.from({ length: 80 }, () => gateway.ask('GET', '/v1/stops', { key: secret })));
    await soon(`actor=${key.id}`);
    await until(async () => (await audit(`actor=${key.id}&limit=200`)).items.length >= 60);
    expect((await audit(`actor=${key.id}&limit=200`)).items.length).toBeLessThanOrEqual(61);
  });

  it('tells who looked at evidence and at the audit itself, and shows neither where that cannot be kept', async () => {
    await post('/v1/payouts', payoutBody('a-2', { merchant: 'shop' }));
    await gateway.ask('GET', '/v1/payouts/a-2/evidence?merchant=shop', { key: gateway.keys.operator });
    expect((await audit('action=getPayoutEvidence')).items).toMatchObject([
      { subject: 'payout a-2', merchant: 'shop', outcome: 'done' },
    ]);
    expect((await audit('action=listAudit&limit=1')).items).toHaveLength(1);
    const trail = gateway.journal.audit as { note: unknown };
    const { note } = trail;
    trail.note = () => Promise.reject(new Error('disk full'));
    const blind = await gateway.ask('GET', '/v1/payouts/a-2/evidence?merchant=shop', {
      key: gateway.keys.operator,
    });
    trail.note = note;
    expect([blind.status, blind.text.includes('attempts')]).toEqual([500, false]);
  });

  it("shows a merchant's admin that merchant's alone, page by page", async () => {
    const { secret } = await made('head of shop', ['admin'], shop);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await audit(`limit=3${cursor === undefined ? '' : `&cursor=${cursor}`}`, secret);
      for (const { merchant, id } of page.items) {
        expect(merchant).toBe('shop');
        seen.push(id);
      }
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(3);
    expect((await gateway.ask('GET', '/v1/audit?merchant=bank', { key: secret })).status).toBe(422);
  });
});
