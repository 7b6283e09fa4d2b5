import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PayoutId, PayoutKey } from '../../domain/ids.js';
import { hookMessage, signatureOf } from '../../gateway/hook-message.js';
import { hookPause } from '../../gateway/hook-pump.js';
import type { Notice } from '../../journal/outbox-port.js';
import { payoutBody, shop, startGateway, until, type Harness } from './harness.js';

const SECRET = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');

interface Received {
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

let endpoint: Server;
let gateway: Harness;
const received: Received[] = [];
let refuse: (body: string) => boolean = () => false;

beforeAll(async () => {
  endpoint = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      received.push({ headers: request.headers, body });
      response.writeHead(refuse(body) ? 500 : 204).end();
    });
  });
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/hook`;
  gateway = await startGateway({ hook: { url, secret: SECRET, allowPrivate: true, everyMs: 30 } });
});
afterAll(async () => {
  await gateway.close();
  endpoint.close();
});

async function reviewed(id: string): Promise<PayoutKey> {
  const key = { merchant: shop, payoutId: id as PayoutId };
  await gateway.ask('POST', '/v1/payouts', { key: gateway.keys.a, body: payoutBody(id) });
  const reason = { code: 'no_final_answer', message: 'Still processing' };
  await gateway.journal.payouts.changeStatus(key, 'in_review', reason, { actor: 'engine' });
  return key;
}

const about = (id: string): Received[] => received.filter(({ body }) => body.includes(`"${id}"`));
const undelivered = async (id: string): Promise<readonly Notice[]> =>
  (await gateway.journal.outbox.undelivered(1_000)).filter(({ subjectId }) => subjectId === id);

describe('the hook', () => {
  it('tells of a review, signed, with its own id, and without the card', async () => {
    await reviewed('hk-1');
    await until(async () => about('hk-1').length === 1 && (await undelivered('hk-1')).length === 0);
    const [{ headers, body } = { headers: {}, body: '' }] = about('hk-1');
    const [id, timestamp] = [String(headers['webhook-id']), String(headers['webhook-timestamp'])];
    expect(id).toMatch(/^notice_\d+$/);
    expect(headers['webhook-signature']).toBe(`v1,${signatureOf(SECRET, id, timestamp, body)}`);
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(30);
    expect(JSON.parse(body)).toEqual({
      type: 'payout.review_entered',
      timestamp: expect.any(String) as string,
      data: {
        kind: 'review_entered',
        merchant: 'shop',
        payoutId: 'hk-1',
        account: 'main',
        orderId: 'o-shop-hk-1',
        from: 'created',
        to: 'in_review',
        reason: { code: 'no_final_answer', message: 'Still processing' },
        at: expect.any(String) as string,
      },
    });
  });

  it('tries what is refused again, and tells of others meanwhile', async () => {
    refuse = (body) => body.includes('"hk-2"');
    await reviewed('hk-2');
    await until(() => about('hk-2').length === 1);
    await reviewed('hk-3');
    await until(async () => about('hk-3').length === 1 && (await undelivered('hk-3')).length === 0);
    const [waiting] = await undelivered('hk-2');
    expect(waiting).toMatchObject({ state: 'waiting', tries: 1, lastError: 'HTTP 500' });
    const listed = (await gateway.ask('GET', '/v1/notices', { key: gateway.keys.operator })).json['items'];
    expect(listed).toMatchObject([
      { id: waiting?.id, subjectId: 'hk-2', state: 'waiting', lastError: 'HTTP 500' },
    ]);
    expect((await gateway.ask('GET', '/v1/notices', { key: gateway.keys.a })).status).toBe(403);
    refuse = () => false;
    const retry = (id = '') => gateway.ask('POST', `/v1/notices/${id}/retry`, { key: gateway.keys.operator });
    expect([(await retry(waiting?.id)).status, (await retry('999')).status]).toEqual([200, 404]);
    await until(async () => (await undelivered('hk-2')).length === 0);
    expect(new Set(about('hk-2').map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    const { text } = await gateway.ask('GET', '/metrics');
    expect(text).toContain('payouts_gateway_notices_total{outcome="failed"} 1');
  });
});

it('the pauses grow to an hour, and end after more than a day', () => {
  const pauses = Array.from({ length: 40 }, (_, index) => hookPause(index + 1));
  const tried = pauses.filter((pause) => pause !== undefined);
  expect(tried.slice(0, 3)).toEqual([10_000, 30_000, 90_000]);
  expect(Math.max(...tried)).toBe(3_600_000);
  expect(tried.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThanOrEqual(24 * 3_600_000);
  expect(pauses.at(-1)).toBeUndefined();
});

it('signs as Standard Webhooks does: its own example', () => {
  const body = '{"test": 2432232314}';
  const signature = signatureOf(SECRET, 'msg_p5jXN8AQM9LWM0D4loKWxJek', '1614265330', body);
  expect(signature).toBe('g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

it('names a payment as a payment', () => {
  const notice = { id: '7', kind: 'review_left', subject: 'payment', subjectId: 'order-7', at: 'now' };
  const { body } = hookMessage(notice as Notice, SECRET, 0);
  expect(JSON.parse(body)).toMatchObject({ type: 'payment.review_left', data: { paymentId: 'order-7' } });
});
