import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createPayoutClient,
  EngineUnavailableError,
  type Payout,
  type PayoutClient,
} from '../../client/index.js';
import { startTemporalServer, type TemporalServer } from '../../embedded/temporal-server.js';
import { openJournal } from '../../journal/open-journal.js';
import type { Journal } from '../../journal/port.js';
import { publicSealingKeys } from '../../secrets/sealing-keys.js';
import { all2payControl } from '../../simulators/index.js';
import { startSimulators, type EmbeddedSimulators } from '../../workers/simulated/start-simulators.js';
import { makeEngineKeys } from '../../workers/engine-keys.js';
import { ensureBuilt } from '../support/built.js';
import { aPayout } from '../support/engine.js';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import { temporalBinary } from '../support/temporal-binary.js';
import { startCommand, type CommandProcess } from '../support/worker-process.js';

let postgres: TestPostgres | undefined;
let temporal: TemporalServer;
let simulators: EmbeddedSimulators;
const accountsFile = fileURLToPath(new URL('../support/accounts.yaml', import.meta.url));
let journal: Journal;
let client: PayoutClient;
let env: Record<string, string>;
let worker: CommandProcess | undefined;

beforeAll(async () => {
  await ensureBuilt();
  postgres = await startPostgres();
  if (!postgres) return;
  temporal = await startTemporalServer({ binary: temporalBinary() });
  simulators = await startSimulators({
    accountsFile,
    gatewayUrl: 'http://127.0.0.1:9',
    timings: 'real',
    overrides: { timings: { hangMs: 1_500, notFoundMs: 1_000, pendingMs: 1_000 } },
  });
  journal = await openJournal({ kind: 'postgres', url: postgres.url });
  const keys = await makeEngineKeys();
  client = await createPayoutClient({
    address: temporal.address,
    sealing: { publicKeys: publicSealingKeys(keys.sealingKeys) },
    fingerprintKey: keys.fingerprintKey,
  });
  env = {
    ...simulators.variables,
    TEMPORAL_ADDRESS: temporal.address,
    PAYOUTS_DATABASE_URL: postgres.url,
    PAYOUTS_ACCOUNTS: accountsFile,
    PAYOUTS_SEALING_KEYS: JSON.stringify(keys.sealingKeys),
    PAYOUTS_FINGERPRINT_KEY: Buffer.from(keys.fingerprintKey).toString('base64'),
  };
});

afterAll(async () => {
  await worker?.crash();
  if (!postgres) return;
  await client.close();
  await Promise.all(simulators.running.map((simulator) => simulator.close()));
  await temporal.stop();
  await journal.close();
  await postgres.stop();
});

/** As a caller would: the same id again until there is an answer. */
async function createPatiently(request: ReturnType<typeof aPayout>): Promise<Payout> {
  for (;;) {
    try {
      return await client.create(request);
    } catch (error) {
      if (!(error instanceof EngineUnavailableError)) throw error;
    }
  }
}

const EXPECTED = {
  0: 'succeeded',
  6: 'declined',
  7: 'succeeded',
  500: 'succeeded',
  501: 'declined',
  504: 'succeeded',
};

it('a worker killed again and again pays every payout at most once, and each ends as it should', async (test) => {
  if (!postgres) return test.skip('PostgreSQL is not installed');
  const kinds = Object.keys(EXPECTED).map(Number);
  const requests = Array.from({ length: 36 }, (_, i) =>
    aPayout({
      account: 'acme-a2p-resend',
      amount: { minor: 100_000 + i * 1_000 + (kinds[i % kinds.length] ?? 0), currency: 'RUB' },
    }),
  );
  worker = startCommand(['worker'], env);
  await worker.says(/Worker started/);
  const created = Promise.all(requests.map(createPatiently));
  created.catch(() => undefined);
  for (const lifetimeMs of [150, 400, 700, 250]) {
    await new Promise((resolve) => setTimeout(resolve, lifetimeMs));
    await worker.crash();
    worker = startCommand(['worker'], env);
    await worker.says(/Worker started/);
  }
  await created;
  const settled = await Promise.all(requests.map((request) => client.wait(request, { timeoutMs: 150_000 })));

  const { orders, totals } = await all2payControl(simulators.running[0]?.controlUrl ?? '').ledger();
  expect(totals.bookedTwice).toBe(0);
  for (const payout of settled) {
    const kind = (payout.amount.minor % 1_000) as keyof typeof EXPECTED;
    expect(payout.status, `${payout.amount.minor}: ${payout.reason?.message}`).toBe(EXPECTED[kind]);
    const order = orders.find(({ orderNumber }) => orderNumber === payout.orderId);
    expect(order?.bookings ?? 0, payout.payoutId).toBe(payout.status === 'succeeded' ? 1 : 0);
    expect((await journal.payouts.get(payout))?.status).toBe(payout.status);
  }
}, 240_000);
