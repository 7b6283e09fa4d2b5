import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { EngineUnavailableError, PayoutConflictError, type PayoutClient } from '../../client/index.js';
import { PAYOUT_STATUSES } from '../../domain/payout-status.js';
import { forgetful } from '../broken/forgetful.js';
import type { BrokenRule } from '../broken/rules.js';
import type { Obligation, PaymentToTake } from '../plan/obligations.js';
import type { Stage } from '../stage/start-stage.js';
import type { GivenAnswer } from '../verdict/answers.js';
import { gatewayDoor, problemIn, type GatewayDoor } from './gateway-door.js';

/** A merchant's back end: it asks, asks again where it got no answer, and now and then more than it should. */
export interface BackEnd {
  /** Resolves once everything was asked for and answered. */
  readonly done: Promise<unknown>;
  /** What the engine answered that it should not have. */
  readonly complaints: readonly string[];
  /** What it answered, to be held against the journal. */
  readonly answers: readonly GivenAnswer[];
  stop(): void;
}

/** As many conversations as a back end's pool of connections bears: whoever falls behind must not ask ever more at once. */
const AT_ONCE = 48;
/** Between two tries. */
const PATIENCE_MS = 400;
const LATER_MS = 6_000;

export function startBackEnd(
  stage: Stage,
  obligations: readonly Obligation[],
  payments: readonly PaymentToTake[],
  broken: BrokenRule | undefined,
): BackEnd {
  const client = broken === 'forget-idempotency' ? amnesiac(stage.client) : stage.client;
  const door = gatewayDoor(stage.gatewayUrl, stage.operatorKey);
  // Where every call makes another payout, there must be an end to the asking.
  const mostTries = broken === 'forget-idempotency' ? 3 : Infinity;
  const complaints: string[] = [];
  const answers: GivenAnswer[] = [];
  let isStopped = false;

  async function patiently<T>(call: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof EngineUnavailableError) || isStopped || tries === mostTries) throw error;
        await sleep(PATIENCE_MS);
      }
    }
  }

  async function create({ request, habits }: Obligation, by = habits.door): Promise<void> {
    // The forgetful one is wired into the client alone.
    const byClient = by === 'client' || broken === 'forget-idempotency';
    const { askedAt, answer } = await patiently(async () => {
      const askedAt = Date.now();
      return { askedAt, answer: await (byClient ? client.create(request) : createOverHttp(door, request)) };
    });
    answers.push({ payoutId: request.payoutId, what: { kind: 'stands', status: answer.status }, askedAt });
  }

  async function contradict({ request }: Obligation): Promise<void> {
    const { amount } = request;
    const other = { ...request, amount: { ...amount, minor: amount.minor + 10 } };
    try {
      const payout = await patiently(() => client.create(other));
      complaints.push(`${payout.payoutId}: another amount under the same id was taken`);
    } catch (error) {
      if (!(error instanceof PayoutConflictError)) throw error;
    }
  }

  async function cancel({ request }: Obligation): Promise<void> {
    const { merchant, payoutId } = request;
    const reason = 'The customer changed their mind';
    const askedAt = Date.now();
    const { status } = await door.call('POST', `/v1/payouts/${payoutId}/cancel`, { merchant, reason });
    if (status === 200) answers.push({ payoutId, what: { kind: 'cancelled' }, askedAt });
  }

  async function lead(obligation: Obligation): Promise<void> {
    const { habits, request } = obligation;
    try {
      const other = habits.door === 'client' ? 'http' : 'client';
      const asked = [create(obligation)];
      if (habits.again === 'at_once') asked.push(create(obligation, other));
      if (habits.cancelsAfterMs !== undefined)
        asked.push(sleep(habits.cancelsAfterMs).then(() => cancel(obligation)));
      await Promise.all(asked);
      if (habits.again === 'later') {
        await sleep(LATER_MS);
        await create(obligation);
      }
      if (habits.contradicts) await contradict(obligation);
    } catch (error) {
      if (!isStopped) complaints.push(`${request.payoutId}: ${wordsOf(error)}`);
    }
  }

  async function take({ request }: PaymentToTake): Promise<void> {
    try {
      await patiently(() => stage.client.payments.create(request));
    } catch (error) {
      if (!isStopped) complaints.push(`${request.paymentId}: ${wordsOf(error)}`);
    }
  }

  return {
    done: inTime(
      [
        ...obligations.map((one) => ({ atMs: one.atMs, work: () => lead(one) })),
        ...payments.map((one) => ({ atMs: one.atMs, work: () => take(one) })),
      ],
      AT_ONCE,
    ),
    complaints,
    answers,
    stop: () => void (isStopped = true),
  };
}

interface Due {
  /** In ms from the start. */
  readonly atMs: number;
  readonly work: () => Promise<void>;
}

/** Each at its time, or as soon after it as fewer than `atOnce` are under way. */
async function inTime(all: readonly Due[], atOnce: number): Promise<void> {
  const startedAt = Date.now();
  const due = all.toSorted((a, b) => a.atMs - b.atMs).values();
  const next = async (): Promise<void> => {
    for (const { atMs, work } of due) {
      await sleep(Math.max(0, startedAt + atMs - Date.now()));
      await work();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, next));
}

function amnesiac(client: PayoutClient): Pick<PayoutClient, 'create'> {
  return { create: forgetful((request) => client.create(request)) };
}

const created = z.object({ status: z.enum(PAYOUT_STATUSES) });

async function createOverHttp(
  door: GatewayDoor,
  request: Obligation['request'],
): Promise<z.infer<typeof created>> {
  const answer = await door.call('POST', '/v1/payouts', request);
  if (answer.status === 200 || answer.status === 201) return created.parse(answer.body);
  const words = `HTTP ${answer.status} ${problemIn(answer)}`;
  // As every client of an HTTP API must: no answer, "too slow", "too often" and a server's error are asked again.
  const isAskedAgain = [0, 408, 429].includes(answer.status) || answer.status >= 500;
  if (isAskedAgain) throw new EngineUnavailableError(words);
  throw new Error(words);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 300) : String(error);
}
