import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker, type NativeConnection } from '@temporalio/worker';
import { createJournalActivities, createProviderActivities } from '../activities/create-activities.js';
import type { ActivityDeps } from '../activities/deps.js';
import { accountTaskQueue, WORKFLOW_TASK_QUEUE, type AccountId } from '../domain/ids.js';
import { dataConverter } from '../secrets/data-converter.js';
import type { PayloadKeys } from '../secrets/payload-keys.js';

export interface PayoutWorkersOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly deps: ActivityDeps;
  /** What Temporal keeps is encrypted with these. */
  readonly payloadKeys: PayloadKeys;
  /** Provider calls per second and account; left out = no limit. Counts provider calls alone. */
  readonly callsPerSecond: ReadonlyMap<AccountId, number>;
  /** Workflows kept in memory, about 0.3 MiB each. @default 500 */
  readonly maxCachedWorkflows?: number | undefined;
  /** Workflow tasks at once. @default 40 */
  readonly maxWorkflowTasks?: number | undefined;
  /** Provider calls at once, per account. @default 100 */
  readonly maxActivities?: number | undefined;
  /** How long calls under way may finish at shutdown, in ms: longer than the longest provider call. */
  readonly shutdownGraceMs: number;
}

/** The workers of one process: running, and stopped together. */
export interface PayoutWorkers {
  /** Settles when all have stopped; rejects if one broke down. */
  readonly running: Promise<void>;
  stop(): Promise<void>;
}

/**
 * An account's queue is mostly quiet, and all accounts share one connection: ten long polls for each (the default)
 * starve the calls between them where there are a hundred accounts.
 */
const FEW_POLLS = { type: 'autoscaling', initial: 1, minimum: 1, maximum: 10 } as const;

/** One worker for the workflows and one per account for its provider calls, all on one connection. */
export async function startPayoutWorkers(options: PayoutWorkersOptions): Promise<PayoutWorkers> {
  const { connection, namespace, deps, payloadKeys, callsPerSecond, shutdownGraceMs } = options;
  const common = {
    connection,
    namespace,
    dataConverter: dataConverter(payloadKeys, namespace),
    shutdownGraceTime: shutdownGraceMs,
    shutdownForceTime: shutdownGraceMs + 5_000,
  };
  const workflowWorker = await Worker.create({
    ...common,
    taskQueue: WORKFLOW_TASK_QUEUE,
    workflowBundle: { codePath: workflowBundlePath() },
    activities: createJournalActivities(deps),
    maxCachedWorkflows: options.maxCachedWorkflows ?? 500,
    maxConcurrentWorkflowTaskExecutions: options.maxWorkflowTasks ?? 40,
  });
  const providerActivities = createProviderActivities(deps);
  const accountWorkers = await Promise.all(
    [...deps.accounts.keys()].map((account) => {
      const perSecond = callsPerSecond.get(account);
      return Worker.create({
        ...common,
        taskQueue: accountTaskQueue(account),
        activities: providerActivities,
        maxConcurrentActivityTaskExecutions: options.maxActivities ?? 100,
        activityTaskPollerBehavior: FEW_POLLS,
        ...(perSecond === undefined ? {} : { maxTaskQueueActivitiesPerSecond: perSecond }),
      });
    }),
  );
  const workers = [workflowWorker, ...accountWorkers];
  const running = runTogether(workers);
  running.catch(() => undefined);
  return {
    running,
    async stop() {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
    },
  };
}

/** If one worker breaks down, the others stop too: a process that half works is worse than one that restarts. */
async function runTogether(workers: readonly Worker[]): Promise<void> {
  const runs = workers.map((worker) =>
    worker.run().finally(() => {
      for (const other of workers) if (other.getState() === 'RUNNING') other.shutdown();
    }),
  );
  const results = await Promise.allSettled(runs);
  const broken = results.find((result) => result.status === 'rejected');
  if (broken) throw broken.reason;
}

/** The prebuilt bundle, from the compiled program or from the sources under test. */
function workflowBundlePath(): string {
  for (const place of ['../workflow-bundle.js', '../dist/workflow-bundle.js']) {
    const path = fileURLToPath(new URL(place, import.meta.url));
    if (existsSync(path)) return path;
  }
  throw new Error('The workflow bundle is missing. Build the project first: npm run build');
}
