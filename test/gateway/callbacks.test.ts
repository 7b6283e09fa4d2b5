import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { PayoutId, PayoutKey } from '../../domain/ids.js';
import type { LateHintInput } from '../../workflows/messages.js';
import { sign } from './fake-provider.js';
import { main, payoutBody, shop, startGateway, until, type Harness } from './harness.js';

let gateway: Harness;
let next = 0;
let payoutId: PayoutId;
let orderId: string;

beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());
beforeEach(async () => {
  Object.assign(gateway.world, {
    journalDown: false,
    signalsDown: false,
    startsDown: false,
    workflowClosed: false,
  });
  gateway.world.signalled.length = 0;
  payoutId = `cb-${(next += 1)}` as PayoutId;
  orderId = `o-shop-${payoutId}`;
  await gateway.ask('POST', '/v1/payouts', { key: gateway.keys.a, body: payoutBody(payoutId) });
});

async function send(
  body: string | Uint8Array,
  options: { sign?: string; account?: string; type?: string } = {},
) {
  const response = await fetch(`${gateway.url}/callbacks/${options.account ?? 'main'}`, {
    method: 'POST',
    body,
    headers: {
      'x-sign': options.sign ?? sign(body),
      ...(options.type !== undefined && { 'content-type': options.type }),
      authorization: 'Basic c2VjcmV0',
    },
  });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

const waiting = async () =>
  (await gateway.journal.inbox.pending(0, 100)).filter((c) => c.orderId === orderId);
const callbackEvents = async () =>
  (await gateway.journal.payouts.events({ merchant: shop, payoutId })).filter(
    ({ type }) => type === 'callback',
  );

/** As its workflow does, by the provider's answer. */
async function decline(key: PayoutKey): Promise<void> {
  const { payouts } = gateway.journal;
  const begun = await payouts.beginAttempt(key, { step: 'execute', requestFingerprint: 'f' });
  if (begun.kind !== 'go') throw new Error(begun.kind);
  const notPaid = { kind: 'not_paid', class: 'declined', code: '51', message: 'no money' } as const;
  await payouts.endAttempt(key, begun.number, { kind: 'answered', progress: notPaid });
}

const lateOf = ({ key }: LateHintInput): string => ('payoutId' in key ? key.payoutId : key.paymentId);

describe('a verified callback', () => {
  it('is stored, acknowledged in the words of the adapter, and delivered', async () => {
    const answer = await send(`${orderId}|m1|paid`);
    expect(answer).toEqual({
      status: 200,
      type: expect.stringContaining('application/json') as string,
      text: '{"ok" : true}',
    });
    await until(() => gateway.world.signalled.length === 1);
    expect(gateway.world.signalled[0]).toMatchObject({
      key: { merchant: 'shop', payoutId },
      callbackId: expect.any(String) as string,
      proof: { kind: 'paid' },
    });
    await until(async () => (await waiting()).length === 0);
  });

  it('is a hint where it carries no proof', async () => {
    await send(`${orderId}|m2`);
    await until(() => gateway.world.signalled.length === 1);
    expect(gateway.world.signalled[0]).not.toHaveProperty('proof');
  });

  it('may come as GET', async () => {
    const data = `${orderId}|m3|paid`;
    const query = new URLSearchParams({ data, sign: sign(data) }).toString();
    const answer = await fetch(`${gateway.url}/callbacks/main?${query}`);
    expect([answer.status, await answer.text()]).toEqual([200, '{"ok" : true}']);
    await until(() => gateway.world.signalled.length === 1);
  });

  it.each([
    undefined,
    'application/json',
    'application/x-www-form-urlencoded',
    'text/plain',
    'application/octet-stream',
  ])('keeps its exact bytes as %s', async (type) => {
    const head = Buffer.from(`${orderId}|bytes ${type ?? 'none'}|`);
    const body = Buffer.concat([head, Buffer.from([0xff, 0xfe, 0x0d, 0x0a, 0x7b])]);
    expect((await send(body, type === undefined ? {} : { type })).status).toBe(200);
  });

  it('is acknowledged again and stored once when repeated', async () => {
    const first = await send(`${orderId}|m4|paid`);
    await until(async () => (await waiting()).length === 0);
    expect(await send(`${orderId}|m4|paid`)).toEqual(first);
    expect(await callbackEvents()).toHaveLength(1);
    expect(gateway.world.signalled).toHaveLength(1);
  });
});

describe('a forged callback', () => {
  it('changes nothing and leaves no body in the log', async () => {
    const answer = await send(`${orderId}|forged|paid`, { sign: sign('something else') });
    expect([answer.status, answer.text]).toEqual([403, 'bad signature']);
    expect(await callbackEvents()).toEqual([]);
    expect(await waiting()).toEqual([]);
    expect(gateway.world.signalled).toEqual([]);
    expect(JSON.stringify(gateway.world.log)).not.toContain('|forged|');
    const { text } = await gateway.ask('GET', '/metrics');
    expect(text).toMatch(/payouts_gateway_callbacks_total\{account="main",outcome="refused"\} [1-9]/);
  });

  it('is not found for an unknown account, too large beyond the limit, and 500 where the adapter fails', async () => {
    expect((await send('x', { account: 'nobody' })).status).toBe(404);
    expect((await send('x'.repeat(70_000))).status).toBe(413);
    const failed = await send('boom');
    expect([failed.status, failed.text.includes('bug')]).toEqual([500, false]);
  });
});

describe('while something is away', () => {
  it('the journal: nothing is acknowledged', async () => {
    gateway.world.journalDown = true;
    const answer = await send(`${orderId}|m5|paid`);
    expect([answer.status, answer.text.includes('10.9.9.9')]).toEqual([503, false]);
    gateway.world.journalDown = false;
    expect((await send(`${orderId}|m5|paid`)).status).toBe(200);
    await until(() => gateway.world.signalled.length === 1);
  });

  it('Temporal: stored, acknowledged, and delivered later by the pump', async () => {
    gateway.world.signalsDown = true;
    expect((await send(`${orderId}|m6|paid`)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(await waiting()).toHaveLength(1);
    gateway.world.signalsDown = false;
    await until(async () => (await waiting()).length === 0);
    expect(gateway.world.signalled.at(-1)).toMatchObject({ key: { payoutId }, proof: { kind: 'paid' } });
  });
});

describe('at a bad moment', () => {
  it('before its payout: delivered when the payout appears', async () => {
    const early = 'cb-early' as PayoutId;
    orderId = `o-shop-${early}`;
    expect((await send(`${orderId}|m7|paid`)).status).toBe(200);
    await gateway.ask('POST', '/v1/payouts', { key: gateway.keys.a, body: payoutBody(early) });
    await until(() => gateway.world.signalled.some(({ key }) => key.payoutId === early));
  });

  it('for no payout at all: waiting at first', async () => {
    orderId = 'o-nobody';
    expect((await send(`${orderId}|m8|paid`)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(await waiting()).toHaveLength(1);
  });

  it('for no payout at all: an orphan after a while', async () => {
    const patient = gateway;
    gateway = await startGateway({ inboxPump: { everyMs: 40, minAgeMs: 0, orphanAfterMs: 500 } });
    onTestFinished(async () => {
      await gateway.close();
      gateway = patient;
    });
    orderId = 'o-nobody';
    expect((await send(`${orderId}|m8|paid`)).status).toBe(200);
    await until(async () => (await waiting()).length === 0);
    const { text } = await gateway.ask('GET', '/metrics');
    expect(text).toContain('payouts_gateway_callback_deliveries_total{account="main",outcome="orphan"} 1');

    const list = () => gateway.ask('GET', '/v1/callbacks', { key: gateway.keys.operator });
    const { items = [] } = (await list()).json as { items?: { id: string }[] };
    expect(items).toEqual([
      {
        id: expect.any(String) as string,
        account: 'main',
        orderId,
        receivedAt: expect.any(String) as string,
        state: 'orphan',
        proof: 'paid',
      },
    ]);
    expect((await gateway.ask('GET', '/v1/callbacks', { key: gateway.keys.a })).status).toBe(403);
    const retry = (id = '') =>
      gateway.ask('POST', `/v1/callbacks/${id}/retry`, { key: gateway.keys.operator });
    expect((await retry('999')).status).toBe(404);
    // Its payout is there by now: the order id that the harness makes of it.
    await gateway.ask('POST', '/v1/payouts', {
      key: gateway.keys.a,
      body: payoutBody('late-comer', { orderId: 'o-nobody' }),
    });
    expect((await retry(items[0]?.id)).status).toBe(200);
    await until(() => gateway.world.signalled.some(({ key }) => key.payoutId === 'late-comer'));
  });

  it('after the end: a proof that contradicts it is written down, a repeat of the outcome is not', async () => {
    const key = { merchant: shop, payoutId };
    await decline(key);
    gateway.world.workflowClosed = true;
    await send(`${orderId}|m9|paid`);
    await until(async () => (await waiting()).length === 0);
    expect((await gateway.journal.payouts.findByOrder(main, orderId as never))?.status).toBe('succeeded');
    const events = await gateway.journal.payouts.events(key);
    expect(events.at(-1)).toMatchObject({ type: 'correction', actor: 'provider:main' });
    await send(`${orderId}|m10|paid`);
    await until(async () => (await waiting()).length === 0);
    expect(
      (await gateway.journal.payouts.events(key)).filter(({ type }) => type === 'correction'),
    ).toHaveLength(1);
  });

  it('after the end: a hint has the provider asked, and waits in the inbox until that has begun', async () => {
    gateway.world.workflowClosed = true;
    gateway.world.startsDown = true;
    expect((await send(`${orderId}|m11`)).status).toBe(200);
    await until(() => gateway.world.signalled.length > 1);
    expect(await waiting()).toHaveLength(1);
    gateway.world.startsDown = false;
    await until(async () => (await waiting()).length === 0);
    expect(gateway.world.lateHints.filter((hint) => lateOf(hint) === payoutId)).toEqual([
      {
        key: { merchant: shop, payoutId },
        account: 'main',
        callbackId: expect.any(String) as string,
        callTimeoutMs: 1,
      },
    ]);
  });

  it('after the end: nothing is signalled to a run that may only answer a repeat and forget it', async () => {
    const key = { merchant: shop, payoutId };
    await decline(key);
    await send(`${orderId}|m14`);
    await until(async () => (await waiting()).length === 0);
    expect(gateway.world.signalled).toEqual([]);
    expect(gateway.world.lateHints.filter((hint) => lateOf(hint) === payoutId)).toHaveLength(1);
  });

  it('after a success: a hint asks nobody, because no answer could add to it', async () => {
    const key = { merchant: shop, payoutId };
    await gateway.journal.payouts.recordProgress(key, { kind: 'paid' }, { actor: 'provider:main' });
    gateway.world.workflowClosed = true;
    await send(`${orderId}|m12`);
    await until(async () => (await waiting()).length === 0);
    expect(gateway.world.lateHints.filter((hint) => lateOf(hint) === payoutId)).toEqual([]);
  });

  it('after a success: a hint that the money came back has the provider asked, whatever its workflow does', async () => {
    const key = { merchant: shop, payoutId };
    await gateway.journal.payouts.recordProgress(key, { kind: 'paid' }, { actor: 'provider:main' });
    await send(`${orderId}|m13|reversal`);
    await until(async () => (await waiting()).length === 0);
    expect(gateway.world.lateHints.filter((hint) => lateOf(hint) === payoutId)).toHaveLength(1);
    expect((await gateway.journal.payouts.get(key))?.status).toBe('succeeded');
  });
});
