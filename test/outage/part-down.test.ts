import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, type TestContext } from 'vitest';
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

const OUTAGES: readonly [Outage, ...Outage[]] = [
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
/** How long everything may take to settle after the part is back. */
const SETTLE_MS = 240_000;
const READY = { status: 200, away: [] as string[] };

const NAME = '$part down in mid-run: everything ends right afterwards, and nothing is lost';
const [temporalDown, ...othersDown] = OUTAGES;
// A Temporal server that starts anew needs its time on a busy machine: it goes first, and alone.
it.for([temporalDown])(NAME, { timeout: 400_000 }, outlast);
it.concurrent.for(othersDown)(NAME, { timeout: 400_000 }, outlast);

async function outlast({ part, meanwhile, waiting }: Outage, test: TestContext): Promise<void> {
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
  const settled = await Promise.race([stream.settled, complain(stage)]);
  const settledMs = Date.now() - upAt;
  await expectAllRight(stage, settled);
  await expectNoCallbackLost(stage);
  // Nobody restarted anything.
  expect(stage.processes.map(({ child }) => child.exitCode ?? child.signalCode)).toEqual([null, null]);
  console.log(`${part}: back, ready after ${readyMs} ms, all settled after ${settledMs} ms`);
}

/** Some payouts have ended, and one that a callback will end is pending: the callback comes during the outage. */
async function expectMidRun({ journal, provider }: Stage): Promise<void> {
  const { items } = await journal.payouts.list({}, { limit: 100 });
  expect(items.some(({ status }) => isFinal(status))).toBe(true);
  const { orders } = await provider.ledger();
  expect(orders.some(({ login, status }) => login === 'acme-api' && status === '7')).toBe(true);
}

/** A payout that hangs must not hang the test in silence. */
async function complain({ journal, processes }: Stage): Promise<never> {
  await sleep(SETTLE_MS, undefined, { ref: false });
  const { items } = await journal.payouts.list({}, { limit: 100 });
  const open = items.filter(({ status }) => !isFinal(status));
  const words = processes.map((one) => `${one.child.exitCode ?? 'runs'}: ${one.output().slice(-2_000)}`);
  throw new Error(`Not settled after ${SETTLE_MS} ms: ${JSON.stringify(open)}\n${words.join('\n')}`);
}
