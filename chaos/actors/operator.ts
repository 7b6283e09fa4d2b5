import { setTimeout as sleep } from 'node:timers/promises';
import { isPerson } from '../../domain/actor.js';
import type { PayoutKey } from '../../domain/ids.js';
import type { Payout } from '../../domain/payout.js';
import type { Chance } from '../plan/chance.js';
import type { Stage } from '../stage/start-stage.js';
import type { GivenAnswer } from '../verdict/answers.js';
import { gatewayDoor } from './gateway-door.js';
import type { Verdict } from '../../domain/verdict.js';

/**
 * A person in operations. Looks into the providers' books before a verdict, as one must, and says "not paid" only when
 * nothing can be on its way any more. Also presses the wrong buttons: verdicts on payouts that wait for none.
 */
export interface Operator {
  readonly verdicts: number;
  /** Verdicts on payouts that were not in review, taken nevertheless. */
  readonly complaints: readonly string[];
  /** What the engine said to have taken, to be held against the journal. */
  readonly answers: readonly GivenAnswer[];
  stop(): Promise<void>;
}

const EVERY_MS = 1_500;
/** From entering review to the first look at the books. */
const PAID_AFTER_MS = 2_000;
/** Longer than any request can be held up, and any worker can stand still. */
const NOT_PAID_AFTER_MS = 25_000;

export function startOperator(stage: Stage, chance: Chance): Operator {
  const door = gatewayDoor(stage.gatewayUrl, stage.operatorKey);
  const complaints: string[] = [];
  const answers: GivenAnswer[] = [];
  let verdicts = 0;
  let isStopped = false;

  async function resolve({ merchant, payoutId }: PayoutKey, verdict: Verdict): Promise<boolean> {
    const body = { merchant, verdict, reason: 'Seen in the books of the provider' };
    const askedAt = Date.now();
    const { status } = await door.call('POST', `/v1/payouts/${payoutId}/resolve`, body);
    const isTaken = status === 200;
    if (isTaken && verdict !== 'ask_again')
      answers.push({ payoutId, what: { kind: 'judged', verdict }, askedAt });
    return isTaken;
  }

  async function judge(payout: Payout, bookings: ReadonlyMap<string, number>): Promise<void> {
    const { orderId, updatedAt } = payout;
    const waitsMs = Date.now() - Date.parse(updatedAt);
    const roll = chance(`verdict ${orderId}`);
    // Some are left to whoever comes tomorrow.
    if (roll < 0.2 || waitsMs < PAID_AFTER_MS) return;
    const isPaid = (bookings.get(orderId) ?? 0) > 0;
    if (!isPaid && roll < 0.6) {
      if (chance(`asks ${orderId} ${payout.version}`) < 0.2) await resolve(payout, 'ask_again');
      return;
    }
    if (!isPaid && waitsMs < NOT_PAID_AFTER_MS) return;
    if (await resolve(payout, isPaid ? 'paid' : 'not_paid')) verdicts += 1;
  }

  async function meddle(round: number): Promise<void> {
    const { items } = await stage.journal.payouts.list({}, { limit: 20 });
    const payout = items[Math.floor(chance(`meddles with ${round}`) * items.length)];
    if (!payout) return;
    const before = await stage.journal.payouts.get(payout);
    const was = before?.status;
    if (was === undefined || was === 'in_review') return;
    if (!(await resolve(payout, 'not_paid'))) return;
    // It may have come into review just then: the journal says who moved it, out of what.
    const events = await stage.journal.payouts.events(payout);
    const wrong = events.find(
      ({ actor, from, to }) =>
        isPerson(actor) && (to === 'declined' || to === 'succeeded') && from !== 'in_review',
    );
    if (wrong) complaints.push(`${payout.payoutId}: a verdict moved it from ${wrong.from ?? 'nothing'}`);
  }

  async function round(number: number): Promise<void> {
    const { items } = await stage.journal.payouts.list({ status: 'in_review' }, { limit: 100 });
    const books = await Promise.all(stage.simulators.map((simulator) => simulator.books()));
    const bookings = new Map(
      books.flatMap(({ payouts }) => payouts.map(({ orderId, bookings: times }) => [orderId, times])),
    );
    for (const payout of items) {
      if (isStopped) return;
      await judge(payout, bookings);
    }
    if (number % 3 === 0) await meddle(number);
  }

  async function lead(): Promise<void> {
    for (let number = 1; !isStopped; number += 1) {
      await round(number).catch(() => undefined);
      await sleep(EVERY_MS);
    }
  }
  const leading = lead();
  return {
    get verdicts() {
      return verdicts;
    },
    complaints,
    answers,
    async stop() {
      isStopped = true;
      await leading;
    },
  };
}
