import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { Client, type WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AcceptResult, StepResult } from '../../activities/contract.js';
import {
  createPayoutClient,
  EngineUnavailableError,
  PayloadKeyMissingError,
  type PayloadKeys,
  type PayoutClient,
} from '../../client/index.js';
import {
  accountTaskQueue,
  WORKFLOW_TASK_QUEUE,
  workflowIdOf,
  type AccountId,
  type MerchantId,
  type OrderId,
  type PayoutId,
} from '../../domain/ids.js';
import type { Payout } from '../../domain/payout.js';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.js';
import { startTemporalServer, type TemporalServer } from '../../embedded/temporal-server.js';
import { dataConverter } from '../../secrets/data-converter.js';
import { generatePayloadKeys } from '../../secrets/payload-keys.js';
import { generateSealingKeys, publicSealingKeys } from '../../secrets/sealing-keys.js';
import { ensureBuilt, WORKFLOW_BUNDLE } from '../support/built.js';
import { temporalBinary } from '../support/temporal-binary.js';

const account = 'acme-a2p' as AccountId;
const request = {
  merchant: 'acme' as MerchantId,
  payoutId: 'P-1' as PayoutId,
  account,
  amount: { minor: 10_000, currency: 'RUB' },
  destination: { type: 'phone', phone: '79160001122', bankId: '100000000111' },
} as const;
const accepted: Payout = {
  ...{ merchant: request.merchant, payoutId: request.payoutId, account, amount: request.amount },
  ...{ provider: 'all2pay', orderId: 'o-1' as OrderId, destination: 'phone 79*****1122', status: 'created' },
  ...{ version: 1, createdAt: '2026-07-01T00:00:00Z', updatedAt: '2026-07-01T00:00:00Z' },
};

const OLD = generatePayloadKeys();
const NEW = generatePayloadKeys();
const BOTH: PayloadKeys = { keys: [...NEW.keys, ...OLD.keys] };
const newKey = NEW.keys[0]?.kid ?? '';

let server: TemporalServer;
let connection: NativeConnection;
let client: PayoutClient;
const stops: (() => Promise<unknown>)[] = [];
const done = { accept: 0, takeStep: 0 };

const journalActivities = {
  async accept(): Promise<AcceptResult> {
    done.accept += 1;
    const plan = { account, orderId: accepted.orderId, steps: ['execute'], callTimeoutMs: 1_000 } as const;
    return { kind: 'accepted', payout: accepted, plan };
  },
};
const providerActivities = {
  async takeStep(): Promise<StepResult> {
    done.takeStep += 1;
    return { next: 'ask', payout: { ...accepted, status: 'succeeded', version: 2, reference: 'r-1' } };
  },
};

/** @returns how to stop it */
async function work(taskQueue: string, keys: PayloadKeys, activities: object): Promise<() => Promise<void>> {
  const forWorkflows = taskQueue === WORKFLOW_TASK_QUEUE;
  const worker = await Worker.create({
    connection,
    taskQueue,
    activities,
    dataConverter: dataConverter(keys, 'default'),
    ...(forWorkflows && { workflowBundle: { codePath: WORKFLOW_BUNDLE } }),
  });
  const running = worker.run();
  const stop = async (): Promise<void> => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
    await running;
  };
  stops.push(stop);
  return stop;
}

async function clientOf(payloadKeys: PayloadKeys | undefined, callTimeoutMs: number): Promise<PayoutClient> {
  const publicKeys = publicSealingKeys(await generateSealingKeys());
  const made = await createPayoutClient({
    address: server.address,
    sealing: { publicKeys },
    payloadKeys,
    callTimeoutMs,
  });
  stops.push(() => made.close());
  return made;
}

function runOf(keys: PayloadKeys): WorkflowHandle {
  const temporal = new Client({ connection, dataConverter: dataConverter(keys, 'default') });
  return temporal.workflow.getHandle(workflowIdOf(request));
}

beforeAll(async () => {
  await ensureBuilt();
  // Each failure would be told at length.
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined) });
  server = await startTemporalServer({
    binary: temporalBinary(),
    searchAttributes: SEARCH_ATTRIBUTES,
    dynamicConfig: { 'history.workflowTaskRetryMaxInterval': '200ms' },
  });
  connection = await NativeConnection.connect({ address: server.address });
  client = await clientOf(NEW, 4_000);
});
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
  await connection.close();
  await server.stop();
});

it('workers without the key fail no run: it waits for those that have it, and is paid once', async () => {
  // A back end was given the new key before the workers: the order of the rotation was not kept.
  const stopOld = await work(WORKFLOW_TASK_QUEUE, OLD, journalActivities);
  await expect(client.create(request)).rejects.toThrow(EngineUnavailableError);
  expect(await runOf(BOTH).describe()).toMatchObject({ status: { name: 'RUNNING' } });
  expect(done).toEqual({ accept: 0, takeStep: 0 });
  await stopOld();

  // The workers of the workflows have it by now, those of the account have not.
  await work(WORKFLOW_TASK_QUEUE, BOTH, journalActivities);
  const stopAccounts = await work(accountTaskQueue(account), OLD, providerActivities);
  const tries = async () => (await runOf(BOTH).describe()).raw.pendingActivities?.[0]?.attempt ?? 0;
  await expect.poll(tries).toBeGreaterThan(2);
  expect(done).toEqual({ accept: 1, takeStep: 0 });
  await stopAccounts();

  await work(accountTaskQueue(account), BOTH, providerActivities);
  expect(await client.wait(request, { timeoutMs: 60_000 })).toMatchObject({ status: 'succeeded' });
  expect(done).toEqual({ accept: 1, takeStep: 1 });
}, 300_000);

it('a client without the key says which one it lacks, and what to do', async () => {
  for (const keys of [undefined, OLD]) {
    const stranger = await clientOf(keys, 10_000);
    const error: unknown = await stranger.get(request).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PayloadKeyMissingError);
    expect(error).toMatchObject({ code: 'misconfigured' });
    expect((error as Error).message).toContain(`encrypted with key "${newKey}"`);
    expect((error as Error).message).toMatch(keys ? /not among the payload keys/ : /payloadKeys/);
  }
});
