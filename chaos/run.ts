import { allPayments, allPayouts } from '../cli/demo/demo-books.js';
import { wordsOfScope } from '../domain/stop.js';
import type { TestPostgres } from '../test/support/postgres.js';
import { startBackEnd } from './actors/back-end.js';
import { startOperator } from './actors/operator.js';
import { startSaboteur } from './actors/saboteur.js';
import { startVisitors } from './actors/visitors.js';
import { commandOf, type BrokenRule } from './broken/rules.js';
import { chanceOf } from './plan/chance.js';
import { obligationsOf, paymentsOf } from './plan/obligations.js';
import { scheduleOf } from './plan/schedule.js';
import { settle } from './settle.js';
import { footprintOf } from './stage/footprint.js';
import { startStage } from './stage/start-stage.js';
import { brokenWords, movesIn } from './verdict/answers.js';
import { compareBooks } from './verdict/books.js';
import { checkCallbacks } from './verdict/callbacks.js';
import type { Findings } from './verdict/findings.js';
import { unrepeatableRuns } from './verdict/replays.js';
import { standingOf } from './verdict/standing.js';
import { countsOf, findingCounts, type Summary } from './verdict/summary.js';
import { untoldReviews } from './verdict/notices.js';
import { leaderlessReviews, openWorkflows } from './verdict/workflows.js';

export interface RunOptions {
  readonly payouts: number;
  readonly seed: number;
  readonly spanMs: number;
  readonly blowEveryMs: number;
  readonly broken?: BrokenRule | undefined;
  readonly postgres: TestPostgres;
  readonly temporalBinary: string;
  /** Logs, accounts and Temporal's database. */
  readonly directory: string;
  readonly say: (line: string) => void;
}

export interface RunResult {
  readonly summary: Summary;
  readonly findings: Findings;
}

/** How long payouts may take to end once nothing disturbs them any more: the poll schedule and a margin. */
const SETTLE_MS = 240_000;
/** A broken engine hangs; that much is known sooner. */
const SETTLE_BROKEN_MS = 90_000;

/** Plays one run: everything at once, then peace, then the books. */
export async function run(options: RunOptions): Promise<RunResult> {
  const { payouts: count, seed, spanMs, broken, say } = options;
  const startedAt = Date.now();
  const chance = chanceOf(seed);
  const obligations = obligationsOf(chance, seed, count, spanMs);
  const payments = paymentsOf(chance, seed, count, spanMs);
  const schedule = scheduleOf(chance, spanMs, options.blowEveryMs);
  const stops: (() => Promise<unknown>)[] = [];
  try {
    say(`seed ${seed}: ${count} payouts and ${payments.length} payments in ${Math.round(spanMs / 1_000)} s`);
    const stage = await startStage({
      ...options,
      chance,
      commandOf: (command) => commandOf(command, broken),
      onStop: (stop) => stops.push(stop),
    });
    say(`the engine is up after ${seconds(startedAt)} s; ${schedule.length} blows are planned`);

    const visitors = startVisitors(stage, obligations, payments);
    const operator = startOperator(stage, chance);
    const backEnd = startBackEnd(stage, obligations, payments, broken);
    const asked = [...obligations, ...payments].map(({ request }) => request);
    const saboteur = startSaboteur(stage, schedule, asked);
    stops.push(
      async () => backEnd.stop(),
      () => operator.stop(),
      () => visitors.stop(),
    );
    const telling = setInterval(() => void tell().catch(() => undefined), 30_000);
    stops.push(async () => clearInterval(telling));
    const tell = async (): Promise<void> => {
      const { taken, underWay } = await standingOf(stage);
      const kills = saboteur.kills + stage.witness.kills;
      say(
        `${seconds(startedAt)} s: ${taken} taken, ${underWay} under way, ${kills} kills. ${await footprintOf(stage)}`,
      );
    };

    await saboteur.done;
    say(`${seconds(startedAt)} s: the last blow has fallen`);
    await backEnd.done;
    stage.calm();
    await settle(stage, broken === undefined ? SETTLE_MS : SETTLE_BROKEN_MS);
    await operator.stop();
    await settle(stage, 30_000);
    await visitors.stop();
    await tell();
    say(`${seconds(startedAt)} s: settled; now the books`);

    const books = await Promise.all(stage.simulators.map((simulator) => simulator.books()));
    const journal = {
      payouts: await allPayouts(stage.journal),
      payments: await allPayments(stage.journal),
    };
    const allBooks = {
      payouts: books.flatMap((one) => one.payouts),
      payments: books.flatMap((one) => one.payments),
    };
    const compared = compareBooks({ obligations, payments, journal, books: allBooks });
    const callbacks = await checkCallbacks(stage);
    const findings: Findings = {
      doubleBookings: compared.doubleBookings,
      lost: [...compared.lost, ...callbacks.lost, ...(await untoldReviews(stage))],
      stuck: [...compared.stuck, ...(await openWorkflows(stage)), ...(await leaderlessReviews(stage))],
      mismatches: [
        ...compared.mismatches,
        ...(await unrepeatableRuns(stage)),
        ...brokenWords([...backEnd.answers, ...operator.answers], await movesIn(stage.databaseUrl)),
        ...callbacks.mismatches,
        ...backEnd.complaints,
        ...operator.complaints,
        ...stage.dutyPhone.complaints,
        ...saboteur.stops
          .filter(({ money }) => money > 0)
          .map(
            ({ scope, money }) =>
              `${money} requests that could move money left after a stop of ${wordsOfScope(scope)}`,
          ),
      ],
    };
    const { witness, frontDoor } = stage;
    const summary: Summary = {
      seed,
      ...countsOf(journal.payouts),
      bookings: allBooks.payouts.reduce((sum, { bookings }) => sum + bookings, 0),
      ...findingCounts(findings),
      kills: saboteur.kills + witness.kills,
      faults: saboteur.faults + witness.faults + frontDoor.faults,
      payments: journal.payments.length,
      callbacks: frontDoor.acknowledged.length,
      forgeries: frontDoor.forgeries.length,
      verdicts: operator.verdicts,
      sent_while_stopped: saboteur.stops.reduce((sum, { money }) => sum + money, 0),
      asked_while_stopped: saboteur.stops.reduce((sum, { questions }) => sum + questions, 0),
      temporal_hangs: stage.temporal.hangs,
      seconds: Number(seconds(startedAt)),
      ...(broken !== undefined && { broken }),
    };
    return { summary, findings };
  } finally {
    for (const stop of stops.reverse()) await stop().catch(() => undefined);
  }
}

function seconds(since: number): string {
  return ((Date.now() - since) / 1_000).toFixed(0);
}
