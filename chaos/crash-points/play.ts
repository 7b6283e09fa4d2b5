import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allPayments, allPayouts } from '../../cli/demo/demo-books.js';
import { startTemporalServer } from '../../embedded/temporal-server.js';
import { openJournal } from '../../journal/open-journal.js';
import { publicSealingKeys } from '../../secrets/sealing-keys.js';
import type { TestPostgres } from '../../test/support/postgres.js';
import type { CommandProcess } from '../../test/support/worker-process.js';
import { makeEngineKeys } from '../../workers/engine-keys.js';
import { startVisitors } from '../actors/visitors.js';
import { chanceOf } from '../plan/chance.js';
import { orderNamed } from '../plan/order-names.js';
import { compile } from '../stage/compile.js';
import { startProviders } from '../stage/start-providers.js';
import { compareBooks } from '../verdict/books.js';
import type { Findings } from '../verdict/findings.js';
import { FLOWS } from './flows.js';
import { openLane, type Lane } from './lane.js';
import { isIn, type Part } from './part.js';
import { toldPoints } from './told-points.js';
import { AT_PROVIDER, obligationsIn, orderOf, paymentsIn, type Trial } from './trial.js';
import type { CrashPoint } from './watch.js';

export interface PlayOptions {
  readonly postgres: TestPostgres;
  readonly temporalBinary: string;
  readonly directory: string;
  /** How many trials at a time: most of a trial is waiting until a dead worker is missed. */
  readonly lanes: number;
  /** Only flows whose name holds this. */
  readonly only?: string | undefined;
  /** Which of the points. */
  readonly part: Part;
  readonly say: (line: string) => void;
}

export interface PlayedTrial {
  readonly trial: Trial;
  /** How it ended; undefined: it did not. */
  readonly status: string | undefined;
  /** Did the worker die where it should? */
  readonly isReached: boolean;
}

export interface Played {
  /** How many points there are. */
  readonly found: number;
  readonly trials: readonly PlayedTrial[];
  readonly findings: Findings;
}

/** Of a point that is passed again and again (a poll), so many passings are tried. */
const PASSINGS = 2;
/** A point that timing left out is tried again. */
const TRIES = 3;

/** Leads one payout of every flow through a crash at every point that it passes. */
export async function playCrashPoints(options: PlayOptions): Promise<Played> {
  const { postgres, temporalBinary, directory, lanes: width, only = '', part, say } = options;
  const stops: (() => Promise<unknown>)[] = [];
  const onStop = (stop: () => Promise<unknown>): void => void stops.push(stop);
  /** Who hears of an order's requests as they reach the provider. */
  const arrivals = new Map<string, () => void>();
  try {
    const temporal = await startTemporalServer({
      binary: temporalBinary,
      logFile: join(directory, 'temporal.log'),
    });
    onStop(() => temporal.stop());
    const providers = await startProviders({
      ...{ directory, onStop },
      chance: chanceOf(0),
      isHostile: () => false,
      killWorkers: async () => undefined,
      // Nobody listens there: the outcomes are asked for.
      callbacksTo: 'http://127.0.0.1:9',
      onRequest: ({ path, body }) => arrivals.get(orderNamed(`${path} ${body.toString('latin1')}`) ?? '')?.(),
      onFault: () => undefined,
    });
    const journal = await openJournal({ kind: 'postgres', url: postgres.url });
    onStop(() => journal.close());
    const keys = await makeEngineKeys();
    const env = {
      ...providers.variables,
      TEMPORAL_ADDRESS: temporal.address,
      PAYOUTS_DATABASE_URL: postgres.url,
      PAYOUTS_SEALING_KEYS: JSON.stringify(keys.sealingKeys),
      PAYOUTS_PAYLOAD_KEYS: JSON.stringify(keys.payloadKeys),
      PAYOUTS_FINGERPRINT_KEY: Buffer.from(keys.fingerprintKey).toString('base64'),
    };
    const client = {
      sealing: { publicKeys: publicSealingKeys(keys.sealingKeys) },
      fingerprintKey: keys.fingerprintKey,
      payloadKeys: keys.payloadKeys,
      callTimeoutMs: 5_000,
    };
    const worker = await compile(fileURLToPath(new URL('./worker.ts', import.meta.url)));
    const lanes = await Promise.all(
      Array.from({ length: width }, (_, index) =>
        openLane({
          ...{ name: `lane-${index}`, address: temporal.address, client, env, journal, worker },
          accountsFileOf: (account) => providers.accountsFileOf(account),
        }),
      ),
    );
    for (const lane of lanes) onStop(() => lane.close());

    const flows = FLOWS.filter(({ name }) => name.includes(only));
    const learning = flows.map((flow, index): Trial => ({ flow, number: 101 + index }));
    const guests = startVisitors({ journal }, obligationsIn(learning), paymentsIn(learning));
    onStop(() => guests.stop());
    const points = await inLanes(lanes, learning, (lane, trial) => learn(lane, trial, arrivals));
    for (const [index, { name }] of flows.entries()) say(`${points[index]?.length ?? 0} points: ${name}`);

    const all = flows.flatMap((flow, index) => (points[index] ?? []).map((point) => ({ flow, point })));
    const trials = all.filter((_, index) => isIn(part, index));
    let number = 1_000;
    const numbered = trials.map((trial): Trial => ({ ...trial, number: (number += 1) }));
    const spare = numbered.flatMap((trial) =>
      Array.from({ length: TRIES - 1 }, (): Trial => ({ ...trial, number: (number += 1) })),
    );
    const visitors = startVisitors(
      { journal },
      obligationsIn([...numbered, ...spare]),
      paymentsIn([...numbered, ...spare]),
    );
    onStop(() => visitors.stop());

    const asked: Trial[] = [...learning];
    const played = await inLanes(lanes, numbered, async (lane, first): Promise<PlayedTrial> => {
      const again = spare.filter(({ flow, point }) => flow === first.flow && point === first.point);
      let result: PlayedTrial = { trial: first, status: undefined, isReached: false };
      for (const trial of [first, ...again]) {
        asked.push(trial);
        result = await play(lane, trial, arrivals);
        if (result.isReached || result.status === undefined) break;
      }
      say(wordsOf(result));
      return result;
    });
    const books = await Promise.all(providers.simulators.map((simulator) => simulator.books()));
    const findings = compareBooks({
      obligations: obligationsIn(asked),
      payments: paymentsIn(asked),
      journal: { payouts: await allPayouts(journal), payments: await allPayments(journal) },
      books: {
        payouts: books.flatMap((one) => one.payouts),
        payments: books.flatMap((one) => one.payments),
      },
    });
    return { found: all.length, trials: played, findings };
  } finally {
    for (const stop of stops.reverse()) await stop().catch(() => undefined);
  }
}

/** Each item by one lane, as soon as one is free; the results in the items' order. */
async function inLanes<Item, Result>(
  lanes: readonly Lane[],
  items: readonly Item[],
  work: (lane: Lane, item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  await Promise.all(
    lanes.map(async (lane) => {
      for (let index = next++; index < items.length; index = next++) {
        results[index] = await work(lane, items[index] as Item);
      }
    }),
  );
  return results;
}

type Arrivals = Map<string, () => void>;

/** One payout that nothing happens to: the points that it passes. */
async function learn(lane: Lane, trial: Trial, arrivals: Arrivals): Promise<readonly CrashPoint[]> {
  let requests = 0;
  arrivals.set(orderOf(trial), () => (requests += 1));
  const worker = await lane.startWorker(trial);
  try {
    await lane.ask(trial);
    const status = await lane.settled(trial);
    if (status !== 'succeeded')
      throw new Error(`${trial.flow.name}: undisturbed, it is ${status ?? 'not settled'}`);
    const told = toldPoints(worker.output());
    const asynchronous = new Set(
      told.filter(({ name }) => name.endsWith(' after')).map(({ name }) => name.replace(/ after$/, '')),
    );
    const own = told.filter(({ name }) => asynchronous.has(name.replace(/ (before|after)$/, '')));
    const atProvider = Array.from({ length: requests }, (_, index) => ({
      name: AT_PROVIDER,
      occurrence: index + 1,
    }));
    return [...own, ...atProvider].filter(({ occurrence }) => occurrence <= PASSINGS);
  } finally {
    await worker.crash();
  }
}

/** One payout whose worker dies at its point; another worker takes it to its end. */
async function play(lane: Lane, trial: Trial, arrivals: Arrivals): Promise<PlayedTrial> {
  const { point } = trial;
  const first = await lane.startWorker(trial);
  const died = once(first.child, 'close');
  const strike = point?.name === AT_PROVIDER ? strikeAtArrival(first, trial, point, arrivals) : undefined;
  const asking = lane.ask(trial);
  // Awaited below, where the trial settles; another lane's failure must not be buried under this one's.
  asking.catch(() => undefined);
  await Promise.race([died, lane.settled(trial)]);
  await first.crash();
  // By its own words: an end that is committed may be seen before the death right after it.
  const isReached = strike ? strike.fell : toldPoints(first.output()).some((told) => isSame(told, point));
  const second = await lane.startWorker({ ...trial, point: undefined });
  try {
    const status = await lane.settled(trial);
    if (status !== undefined) await asking;
    return { trial, status, isReached };
  } finally {
    await second.crash();
  }
}

function strikeAtArrival(
  worker: CommandProcess,
  trial: Trial,
  { occurrence }: CrashPoint,
  arrivals: Arrivals,
): { readonly fell: boolean } {
  const strike = { fell: false };
  let requests = 0;
  arrivals.set(orderOf(trial), () => {
    requests += 1;
    if (requests === occurrence) strike.fell = worker.child.kill('SIGKILL');
  });
  return strike;
}

function isSame(told: CrashPoint, point: CrashPoint | undefined): boolean {
  return told.name === point?.name && told.occurrence === point.occurrence;
}

function wordsOf({ trial, status = 'NOT SETTLED', isReached }: PlayedTrial): string {
  const { flow, point } = trial;
  const times = (point?.occurrence ?? 1) > 1 ? `, passing ${point?.occurrence}` : '';
  return `  ${flow.name}: died at ${point?.name}${times} -> ${status}${isReached ? '' : ' (NOT REACHED)'}`;
}
