import { Connection } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPayoutClient, PayoutConflictError, type PayoutClient } from '../../client/index.js';
import { sealRequest } from '../../client/seal-request.js';
import { payoutStartOptions } from '../../client/start-options.js';
import { workflowIdOf } from '../../domain/ids.js';
import { parsePayoutRequest } from '../../schemas/payout-request.js';
import { PAYOUT_WORKFLOW } from '../../workflows/messages.js';
import { replayOptions } from '../support/built.js';
import { aPayout, startTestEngine, type TestEngine } from '../support/engine.js';

type Payload = temporal.api.common.v1.IPayload;
type Operations = temporal.api.workflowservice.v1.IExecuteMultiOperationRequest;

let engine: TestEngine;
/** Without the fingerprint key, as a caller that only has the public sealing key. */
let stranger: PayoutClient;

beforeAll(async () => {
  engine = await startTestEngine();
  const { temporalAddress: address, gatewayUrl, payloadKeys } = engine;
  stranger = await createPayoutClient({ address, sealing: { gatewayUrl }, payloadKeys });
});
afterAll(async () => {
  await stranger.close();
  await engine.stop();
});

/**
 * What is left of `create` when Temporal crashes at the wrong moment: the run was started, the update that came with
 * it was not yet accepted and is gone. The caller, who had no answer, repeats the call.
 */
async function lostCreate(request: ReturnType<typeof aPayout>, fingerprintKey = true): Promise<void> {
  const parsed = parsePayoutRequest(request);
  if (!parsed.ok) throw new Error('The request is not well-formed');
  const keys = async () => engine.sealingPublicKeys;
  const outgoing = await sealRequest(
    parsed.request,
    keys,
    fingerprintKey ? engine.fingerprintKey : undefined,
  );
  await engine.temporal.workflow.start(PAYOUT_WORKFLOW, {
    ...payoutStartOptions(outgoing.request),
    args: [
      {
        ...outgoing,
        callId: outgoing.content.exact?.slice(0, 32) ?? 'the lost one',
        startId: 'the lost one',
      },
    ],
  });
  const status = async () => (await engine.journal.payouts.get(request))?.status;
  await expect.poll(status, { timeout: 60_000 }).toBe('succeeded');
  // Ended for Temporal too: only then is a repeat told from its record.
  await engine.temporal.workflow.getHandle(workflowIdOf(request)).result();
}

it('a repeat after the end finds the original although the first call was lost', async () => {
  const request = aPayout();
  await lostCreate(request);
  const payout = await engine.client.create(request);
  expect(payout.status).toBe('succeeded');
  expect(await stranger.create(request)).toEqual(payout);
  expect((await engine.provider.requests(payout.orderId)).counts.performPayout).toBe(1);
});

it('another content is refused all the same', async () => {
  const request = aPayout();
  await lostCreate(request);
  for (const change of [
    { description: 'something else' },
    { destination: { type: 'card', number: '2200000000180004' } },
  ] as const) {
    await expect(engine.client.create({ ...request, ...change })).rejects.toThrow(PayoutConflictError);
  }
});

it('a repeat by a caller with the fingerprint key finds what one without it started', async () => {
  const request = aPayout();
  await lostCreate(request, false);
  expect((await engine.client.create(request)).status).toBe('succeeded');
  const other = { ...request, amount: { minor: 99_900, currency: 'RUB' as const } };
  await expect(engine.client.create(other)).rejects.toThrow(PayoutConflictError);
});

const text = (payloads: Payload[] | null | undefined): string =>
  Buffer.from(payloads?.[0]?.data ?? []).toString();

/**
 * A server that restarts while a worker has the update of the first call takes the second call's for the same update,
 * because their ids are the same, and writes down the second one as what the worker accepted.
 */
it('the run is the same, whichever of two calls for it is written down', async () => {
  const sent: Payload[][] = [];
  const connection = await Connection.connect({ address: engine.temporalAddress });
  const { workflowService } = connection;
  const listening = Object.create(workflowService, {
    executeMultiOperation: {
      value: (request: Operations) => {
        for (const { updateWorkflow } of request.operations ?? [])
          if (updateWorkflow) sent.push(updateWorkflow.request?.input?.args?.payloads ?? []);
        return workflowService.executeMultiOperation(request);
      },
    },
  }) as typeof workflowService;
  const client = await createPayoutClient({
    connection: Object.create(connection, { workflowService: { value: listening } }) as Connection,
    sealing: { gatewayUrl: engine.gatewayUrl },
    fingerprintKey: engine.fingerprintKey,
    payloadKeys: engine.payloadKeys,
  });
  const request = aPayout();
  await client.create(request);
  await client.wait(request);
  await client.create(request);
  const run = engine.temporal.workflow.getHandle(workflowIdOf(request));
  await run.result();
  await connection.close();

  const history = await run.fetchHistory();
  const [first, second] = sent;
  expect(first).toBeDefined();
  // Both seal the card anew.
  expect(second).not.toEqual(first);
  let replaced = 0;
  for (const { workflowExecutionUpdateAcceptedEventAttributes: accepted } of history.events ?? []) {
    if (!accepted?.acceptedRequest?.input?.args) continue;
    expect(text(accepted.acceptedRequest.input.args.payloads)).toBe(text(first));
    accepted.acceptedRequest.input.args.payloads = second ?? [];
    replaced += 1;
  }
  expect(replaced).toBe(1);
  await Worker.runReplayHistory(replayOptions(engine.payloadKeys), history);
});
