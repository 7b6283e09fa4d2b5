/**
 * Pays N payouts directly to cards, C at a time, on an embedded engine with the provider's simulator beside it, and
 * tells what each cost. Everything shares this machine, so it is a lower bound, good for comparing two states of the
 * code.
 *
 *   npm run bench -- --payouts 300 --concurrency 20
 *   npm run bench -- --payouts 300 --postgres      # the journal on the system's PostgreSQL, with fsync
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import type { PayoutRequestInput } from '../client/index.js';
import { ensureBuilt } from '../test/support/built.js';
import { startPostgres } from '../test/support/postgres.js';
import { startEmbedded } from '../workers/embedded.js';
import { countRoundTrips } from './round-trips.js';
import { historyCosts } from './history-costs.js';
import { percentile } from './percentile.js';

const { values } = parseArgs({
  options: {
    payouts: { type: 'string', default: '300' },
    concurrency: { type: 'string', default: '20' },
    postgres: { type: 'boolean', default: false },
  },
});
const total = Number(values.payouts);
const concurrency = Number(values.concurrency);
/** Caches, connections and the sandbox are warm in production. */
const WARM_UP = 20;

await ensureBuilt();
delete process.env['TEMPORAL_ADDRESS'];
delete process.env['PAYOUTS_DATABASE_URL'];
const postgres = values.postgres ? await startPostgres({ fsync: true }) : undefined;
if (values.postgres && !postgres) process.exit(1);
if (postgres) process.env['PAYOUTS_DATABASE_URL'] = postgres.url;
const dataDir = mkdtempSync(join(tmpdir(), 'payouts-bench-'));
const engine = await startEmbedded({
  dataDir,
  accountsFile: fileURLToPath(new URL('./accounts.yaml', import.meta.url)),
  ephemeral: true,
});
const roundTrips = countRoundTrips();

try {
  await pay('warm-up', WARM_UP);
  const tripsBefore = roundTrips.count();
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const latencies = await pay('bench', total);
  const seconds = (performance.now() - startedAt) / 1_000;
  const cpu = process.cpuUsage(cpuBefore);
  const trips = roundTrips.count() - tripsBefore;
  const rss = process.memoryUsage.rss();
  const { events, bytes } = await historyCosts(engine);
  const figures: [string, string][] = [
    ['journal', postgres ? 'PostgreSQL, fsync on' : 'PGlite, in memory'],
    ['payouts', `${total}, ${concurrency} at a time`],
    ['payouts per second', (total / seconds).toFixed(1)],
    [
      'create, ms',
      `p50 ${percentile(latencies, 50).toFixed(0)} · p95 ${percentile(latencies, 95).toFixed(0)}`,
    ],
    ['history events', `p50 ${percentile(events, 50)} · max ${percentile(events, 100)}`],
    ['history bytes', `p50 ${percentile(bytes, 50)} · max ${percentile(bytes, 100)}`],
    ['SQL round trips per payout', (trips / total).toFixed(1)],
    ['CPU per payout, ms (without servers)', ((cpu.user + cpu.system) / 1_000 / total).toFixed(1)],
    ['RSS, MiB (without servers)', (rss / 2 ** 20).toFixed(0)],
  ];
  for (const [name, figure] of figures) console.log(`${name.padEnd(38)}${figure}`);
} finally {
  await engine.stop();
  await postgres?.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
process.exit(0);

/** @returns how long each `create` took, in ms: for a direct payout that is until its outcome. */
async function pay(name: string, count: number): Promise<number[]> {
  const latencies: number[] = [];
  let next = 0;
  const caller = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) {
      const request: PayoutRequestInput = {
        merchant: 'acme',
        payoutId: `${name}-${index}`,
        account: 'bench-a2p',
        amount: { minor: 100_000, currency: 'RUB' },
        destination: { type: 'card', number: '2200000000000004' },
      };
      const startedAt = performance.now();
      const { status, reason } = await engine.client.create(request);
      latencies.push(performance.now() - startedAt);
      if (status !== 'succeeded')
        throw new Error(`${request.payoutId} is ${status}: ${reason?.message ?? ''}`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, caller));
  return latencies;
}
