import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { isFinal } from '../../domain/payout-status.js';
import { ensureBuilt } from '../support/built.js';
import { startPostgres } from '../support/postgres.js';
import { tempDir } from '../support/temp-dir.js';
import { temporalBinary } from '../support/temporal-binary.js';
import { askReadiness, eventually, expectAllRight, expectNoCallbackLost } from './expectations.js';
import { startStage, type Stage } from './stage.js';
import { startStream } from './stream.js';

const OUTAGE_MS = Number(process.env['PAYOUTS_TEST_OUTAGE_MS'] ?? 20_000);

interface Outage {
  readonly part: keyof Stage['parts'];
  /** What `/readyz` says meanwhile. */
  readonly meanwhile: { status: number; away: string[] };
  /** How much waits, at the end of the outage, for the part to come back. */
  readonly waiting: (stage: Stage) => Promise<number>;
}

const OUTAGES: readonly Outage[] = [
  {
    part: 'temporal',
    meanwhile: { status: 503, away: ['temporal'] },
    /** Callbacks that the gateway took, and cannot hand on. */
    waiting: async ({ journal }) => (await journal.inbox.pending(0, 100)).length,
  },
  {
    part: 'journal',
    meanwhile: { status: 503, away: ['journal'] },
    /** Callbacks that the gateway could not store, so that the provider must repeat them. */
    waiting: async ({ provider }) =>
      (await provider.ledger()).orders.filter(({ callback }) => callback === 'due').length,
  },
  {
    part: 'provider',
    // No reason to take the gateway out of service: it must take requests and cancels meanwhile.
    meanwhile: { status: 200, away: [] },
    /** Payouts that cannot be sent, or asked for. */
    waiting: async ({ journal }) =>
      (await journal.payouts.list({ status: 'processing' }, { limit: 100 })).items.length,
  },
];
const READY = { status: 200, away: [] as string[] };

it.concurrent.for(OUTAGES)(
  '$part down in mid-run: everything ends right afterwards, and nothing is lost',
  { timeout: 240_000 },
  async ({ part, meanwhile, waiting }, test) => {
    await ensureBuilt();
    const stops: (() => Promise<unknown>)[] = [];
    test.onTestFinished(async () => {
      for (const stop of stops.reverse()) await stop();
    });
    const postgres = await startPostgres();
    if (!postgres) return test.skip('PostgreSQL is not installed');
    stops.push(() => postgres.stop());
    const stage = await startStage({
      postgres,
      temporalBinary: temporalBinary(),
      directory: tempDir(),
      onStop: (stop) => stops.push(stop),
    });
    expect(await askReadiness(stage)).toEqual(READY);

    const stream = startStream(stage.client);
    stops.push(() => stream.stop());
    await eventually(() => expectMidRun(stage));
    const downAt = Date.now();
    await stage.parts[part].down();
    stream.goOn();
    await eventually(async () => expect(await askReadiness(stage)).toEqual(meanwhile), 5_000);
    await sleep(downAt + OUTAGE_MS - 2_500 - Date.now());
    expect(await askReadiness(stage)).toEqual(meanwhile);
    expect(await waiting(stage)).toBeGreaterThan(0);
    await sleep(downAt + OUTAGE_MS - Date.now());

    const upAt = Date.now();
    await stage.parts[part].up();
    await eventually(async () => expect(await askReadiness(stage)).toEqual(READY));
    const readyMs = Date.now() - upAt;
    const settled = await stream.settled;
    const settledMs = Date.now() - upAt;
    await expectAllRight(stage, settled);
    await expectNoCallbackLost(stage);
    // Nobody restarted anything.
    expect(stage.processes.map(({ child }) => child.exitCode ?? child.signalCode)).toEqual([null, null]);
    console.log(`${part}: back, ready after ${readyMs} ms, all settled after ${settledMs} ms`);
  },
);

/** Some payouts have ended, and one that a callback will end is pending: the callback comes during the outage. */
async function expectMidRun({ journal, provider }: Stage): Promise<void> {
  const { items } = await journal.payouts.list({}, { limit: 100 });
  expect(items.some(({ status }) => isFinal(status))).toBe(true);
  const { orders } = await provider.ledger();
  expect(orders.some(({ login, status }) => login === 'acme-api' && status === '7')).toBe(true);
}
