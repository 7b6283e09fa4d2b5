import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { createPayoutClient, EngineUnavailableError, type PayoutClient } from '../../client/index.js';
import type { PayoutClientOptions } from '../../client/create-payout-client.js';
import { isSettledPayment } from '../../domain/payment-moves.js';
import { isFinal } from '../../domain/payout-status.js';
import type { Journal } from '../../journal/port.js';
import { startCommand, type CommandProcess } from '../../test/support/worker-process.js';
import { idsOf, obligationsIn, paymentsIn, type Trial } from './trial.js';
import type { CrashPoint } from './watch.js';

/** Room for one trial at a time: a Temporal namespace of its own, so that no other lane's worker takes its work over. */
export interface Lane {
  /** Watches the trial, and dies at its point if it has one. */
  startWorker(trial: Trial): Promise<CommandProcess>;
  /** As a back end does it: until it is taken. */
  ask(trial: Trial): Promise<void>;
  /** Resolves with the status once it has ended or waits for a person; undefined: it does neither. */
  settled(trial: Trial): Promise<string | undefined>;
  close(): Promise<void>;
}

export interface LaneOptions {
  readonly name: string;
  readonly address: string;
  readonly client: Omit<PayoutClientOptions, 'address' | 'namespace'>;
  readonly env: Readonly<Record<string, string>>;
  /** The accounts file with one account. */
  readonly accountsFileOf: (account: string) => string;
  readonly journal: Journal;
  /** Path of the program that watches (worker.ts), compiled. */
  readonly worker: string;
}

const DAY_SECS = 86_400;
/** A dead worker's question is missed after its timeout, 31 s; and then it is polled again. */
const PATIENCE_MS = 150_000;

export async function openLane({ name, address, env, journal, ...options }: LaneOptions): Promise<Lane> {
  await registerNamespace(address, name);
  const client: PayoutClient = await createPayoutClient({ ...options.client, address, namespace: name });

  async function patiently(call: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await call();
        return;
      } catch (error) {
        if (!(error instanceof EngineUnavailableError)) throw error;
        await sleep(200);
      }
    }
  }

  async function statusOf(trial: Trial): Promise<{ status: string; isOver: boolean } | undefined> {
    const [obligation] = obligationsIn([trial]);
    if (obligation) {
      const payout = await journal.payouts.get(obligation.request as never);
      return (
        payout && { status: payout.status, isOver: isFinal(payout.status) || payout.status === 'in_review' }
      );
    }
    const [payment] = paymentsIn([trial]);
    const found = payment && (await journal.payments.get(payment.request as never));
    return found && { status: found.status, isOver: isSettledPayment(found.status) };
  }

  return {
    async startWorker(trial) {
      const args = [idsOf(trial).join(','), ...argsOf(trial.point)];
      const { account } = trial.flow.request(trial.number);
      const own = {
        PAYOUTS_ACCOUNTS: options.accountsFileOf(account),
        TEMPORAL_NAMESPACE: name,
      };
      const worker = startCommand(args, { ...env, ...own }, options.worker);
      await worker.says(/Worker started/);
      return worker;
    },
    async ask(trial) {
      for (const { request } of obligationsIn([trial])) await patiently(() => client.create(request));
      for (const { request } of paymentsIn([trial])) await patiently(() => client.payments.create(request));
    },
    async settled(trial) {
      for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(150)) {
        const found = await statusOf(trial);
        if (found?.isOver) return found.status;
      }
      return undefined;
    },
    close: () => client.close(),
  };
}

/** A point that is none of the worker's own is somebody else's to strike at. */
function argsOf(point: CrashPoint | undefined): readonly string[] {
  return point === undefined ? [] : [point.name, String(point.occurrence)];
}

async function registerNamespace(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    const { workflowService } = connection;
    await workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: DAY_SECS as never },
    });
    // The server's parts hear of it one after the other.
    for (let tries = 0; tries < 100; tries += 1) {
      try {
        await workflowService.listWorkflowExecutions({ namespace, query: '' });
        return;
      } catch {
        await sleep(200);
      }
    }
    throw new Error(`The namespace ${namespace} does not come up`);
  } finally {
    await connection.close();
  }
}
