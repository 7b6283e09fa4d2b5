import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PayoutId } from '../../domain/ids.js';
import { sign } from './fake-provider.js';
import { payoutBody, shop, startGateway, until, type Harness } from './harness.js';

const FORGED = 10_000;
const OVERSIZED = 1_000;
const TRUE_ONES = 100;
const CONNECTIONS = 20;
/** Sent without waiting for answers. */
const AT_ONCE = 25;

let gateway: Harness;
beforeAll(async () => {
  gateway = await startGateway({ doors: { trustedProxies: ['127.0.0.1'] } });
});
afterAll(() => gateway.close());

type Counts = Record<string, number>;

/** As cheap for the sender as it can be made: nothing of an answer is read but its status. */
async function pour(requests: readonly string[], atOnce: number): Promise<Counts> {
  const counts: Counts = {};
  const left = [...requests];
  const connection = async (): Promise<void> => {
    while (left.length > 0) {
      const batch = left.splice(0, atOnce);
      await new Promise<void>((done, failed) => {
        const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1', () =>
          socket.write(batch.join('')),
        );
        let answers = '';
        socket.on('data', (data) => {
          answers += data.toString('latin1');
          if ((answers.match(/HTTP\/1\.1 \d{3}/g)?.length ?? 0) === batch.length) socket.destroy();
        });
        // Who is refused before it has sent all it promised may find the connection gone.
        socket.on('error', (error: NodeJS.ErrnoException) => {
          if (error.code !== 'ECONNRESET') failed(error);
        });
        socket.on('close', () => {
          for (const [, status = ''] of answers.matchAll(/HTTP\/1\.1 (\d{3})/g)) {
            counts[status] = (counts[status] ?? 0) + 1;
          }
          done();
        });
      });
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  return counts;
}

function callback(body: string, signature: string, from: string): string {
  const head = `host: a\r\nx-sign: ${signature}\r\nx-forwarded-for: ${from}\r\ncontent-length: ${body.length}`;
  return `POST /callbacks/main HTTP/1.1\r\n${head}\r\n\r\n${body}`;
}

/** Half of it from the provider's own address, half from everywhere. */
const PROVIDER = '203.0.113.7';
const senderOf = (index: number) =>
  index % 2 === 0 ? PROVIDER : `198.18.${(index >> 8) & 255}.${index & 255}`;

const megabytes = () => {
  const { rss, heapUsed } = process.memoryUsage();
  return { rss: Math.round(rss / 2 ** 20), heap: Math.round(heapUsed / 2 ** 20) };
};

it(
  'ten thousand forged callbacks and a thousand oversized bodies change nothing, and keep no true callback out',
  { timeout: 180_000 },
  async () => {
    const payoutId = 'flooded' as PayoutId;
    await gateway.ask('POST', '/v1/payouts', { key: gateway.keys.a, body: payoutBody(payoutId) });
    const key = { merchant: shop, payoutId };
    const before = await gateway.journal.payouts.events(key);
    const view = await gateway.journal.payouts.get(key);
    const [started, memory] = [performance.now(), megabytes()];

    const forged = Array.from({ length: FORGED }, (_, index) =>
      callback(`o-shop-flooded|forged ${index}|paid`, '0'.repeat(64), senderOf(index)),
    );
    const oversized = Array.from({ length: OVERSIZED }, (_, index) => {
      // Refused by its length alone; the sender does not even come to send it.
      const head = `host: a\r\nx-forwarded-for: ${senderOf(index)}\r\ncontent-length: ${10 ** 9}`;
      return `POST /${index % 3 ? 'callbacks/main' : 'v1/payouts'} HTTP/1.1\r\n${head}\r\n\r\n`;
    });
    const trueOnes = Array.from({ length: TRUE_ONES }, async (_, index) => {
      await new Promise((resolve) => setTimeout(resolve, index * 15));
      const body = `o-shop-flooded|true ${index}`;
      const headers = { 'x-sign': sign(body), 'x-forwarded-for': PROVIDER };
      const sent = performance.now();
      const { status } = await fetch(`${gateway.url}/callbacks/main`, { method: 'POST', body, headers });
      return { status, ms: performance.now() - sent };
    });
    const [refused, tooLarge, taken] = await Promise.all([
      pour(forged, AT_ONCE),
      pour(oversized, 1),
      Promise.all(trueOnes),
    ]);

    const seconds = (performance.now() - started) / 1_000;
    const after = megabytes();
    const slowest = Math.round(Math.max(...taken.map(({ ms }) => ms)));
    console.log(
      `${FORGED} forged and ${OVERSIZED} oversized in ${seconds.toFixed(1)} s: ${JSON.stringify([refused, tooLarge])}; ` +
        `heap ${memory.heap} → ${after.heap} MB, rss ${memory.rss} → ${after.rss} MB; slowest true one ${slowest} ms`,
    );

    expect((refused['403'] ?? 0) + (refused['429'] ?? 0)).toBe(FORGED);
    expect(refused['429']).toBeGreaterThan(500);
    expect(Object.keys(tooLarge).filter((status) => !['401', '413', '429'].includes(status))).toEqual([]);
    expect(Object.values(tooLarge).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0.9 * OVERSIZED);
    expect(taken.filter(({ status }) => status !== 200)).toEqual([]);
    await until(() => gateway.world.signalled.length >= TRUE_ONES);
    const news = (await gateway.journal.payouts.events(key)).slice(before.length);
    expect(news.map(({ type }) => type)).toEqual(Array.from({ length: TRUE_ONES }, () => 'callback'));
    expect(gateway.world.signalled).toHaveLength(TRUE_ONES);
    expect(await gateway.journal.payouts.get(key)).toMatchObject({ status: view?.status });
    expect(await gateway.journal.inbox.pending(0, 1_000)).toEqual([]);
    // What the limits remember is bounded; the rest is the test's own requests and log lines.
    expect(after.heap - memory.heap).toBeLessThan(150);
    await until(async () => (await gateway.ask('GET', '/readyz')).status === 200);
  },
);
