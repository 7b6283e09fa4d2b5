import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPayoutClient, EngineUnavailableError, type PayoutClient } from '../../client/index.js';
import { WORKFLOW_TASK_QUEUE } from '../../domain/ids.js';
import { startTemporalServer, type TemporalServer } from '../../embedded/temporal-server.js';
import { generateSealingKeys, publicSealingKeys } from '../../secrets/sealing-keys.js';
import { temporalBinary } from '../support/temporal-binary.js';

/** Far beyond the time that Temporal takes to say so: a deadline of ours must not answer in its place. */
const CALL_MS = 25_000;
/** So that Temporal tells soon: by default a call is told after 20 s at the least. */
const PROMPT = {
  'history.longPollExpirationInterval': '2s',
  'history.workflowTaskRetryMaxInterval': '200ms',
};
/** gRPC: failed precondition. */
const WORKFLOW_TASK_FAILING = 9;

let server: TemporalServer;
let worker: Worker;
let running: Promise<void>;
let connection: NativeConnection;
let client: PayoutClient;

beforeAll(async () => {
  // Each failure would be told at length.
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined) });
  server = await startTemporalServer({ binary: temporalBinary(), dynamicConfig: PROMPT });
  connection = await NativeConnection.connect({ address: server.address });
  worker = await Worker.create({
    connection,
    taskQueue: WORKFLOW_TASK_QUEUE,
    workflowsPath: fileURLToPath(new URL('./stuck-workflow.ts', import.meta.url)),
  });
  running = worker.run();
  client = await createPayoutClient({
    address: server.address,
    sealing: { publicKeys: publicSealingKeys(await generateSealingKeys()) },
    callTimeoutMs: CALL_MS,
  });
});
afterAll(async () => {
  await client.close();
  worker.shutdown();
  await running;
  await connection.close();
  await server.stop();
});

it('says that the engine is unavailable while no worker gets through with the payout', async () => {
  const payout = {
    merchant: 'acme',
    payoutId: 'stuck-1',
    account: 'acme-a2p',
    amount: { minor: 10_000, currency: 'RUB' },
    destination: { type: 'phone', phone: '79160001122', bankId: '100000000111' },
  } as const;
  const failures = [await failureOf(client.create(payout)), await failureOf(client.get(payout))];
  for (const error of failures) {
    expect(error).toBeInstanceOf(EngineUnavailableError);
    expect((error as Error).message).toContain('repeat the call with the same payout id');
    expect(codeOf((error as Error).cause)).toBe(WORKFLOW_TASK_FAILING);
  }
});

function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** The gRPC code of an error of Temporal's client, which may wrap the call's own. */
function codeOf(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error) return error.code;
  return 'cause' in error ? codeOf(error.cause) : undefined;
}
