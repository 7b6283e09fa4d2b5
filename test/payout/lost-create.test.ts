import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPayoutClient, PayoutConflictError, type PayoutClient } from '../../client/index.js';
import { sealRequest } from '../../client/seal-request.js';
import { payoutStartOptions } from '../../client/start-options.js';
import { workflowIdOf } from '../../domain/ids.js';
import { parsePayoutRequest } from '../../schemas/payout-request.js';
import { PAYOUT_WORKFLOW } from '../../workflows/messages.js';
import { aPayout, startTestEngine, type TestEngine } from '../support/engine.js';

let engine: TestEngine;
/** Without the fingerprint key, as a caller that only has the public sealing key. */
let stranger: PayoutClient;

beforeAll(async () => {
  engine = await startTestEngine();
  const { temporalAddress: address, gatewayUrl } = engine;
  stranger = await createPayoutClient({ address, sealing: { gatewayUrl } });
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
    args: [{ ...outgoing, callId: 'the lost one' }],
  });
  const status = async () => (await engine.journal.payouts.get(request))?.status;
  await expect.poll(status, { timeout: 20_000 }).toBe('succeeded');
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
