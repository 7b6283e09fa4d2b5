import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { PayoutClient, PayoutRequestInput } from '../../client/index.js';
import type { Flow, Outcome } from '../../conformance/index.js';
import { makeSigningKeys } from '../../conformance/payneteasy/accounts.js';
import { actAt } from '../../conformance/payneteasy/person.js';
import { requestFor } from '../../conformance/payneteasy/requests.js';
import { freePort } from '../../embedded/free-port.js';
import { ensureBuilt } from '../support/built.js';
import { startPostgres } from '../support/postgres.js';
import { startProduction } from '../support/production.js';
import {
  payneteasyBooks,
  startPayneteasyProcess,
  type SimulatorProcess,
} from '../support/simulator-process.js';

const CONTROL_KEY = '0A1B2C3D-1111-4222-8333-444455556666';
const accountsFile = fileURLToPath(new URL('./stand-in-payneteasy.yaml', import.meta.url));

beforeAll(ensureBuilt);

const TRIPS: readonly { readonly account: string; readonly flow: Flow; readonly outcome: Outcome }[] = [
  { account: 'stand-in', flow: 'card', outcome: 'paid' },
  { account: 'stand-in', flow: 'stored_card', outcome: 'paid' },
  { account: 'stand-in', flow: 'bank_account', outcome: 'paid' },
  { account: 'stand-in', flow: 'bank_account', outcome: 'challenged' },
  { account: 'stand-in-two-step', flow: 'bank_account', outcome: 'paid' },
  { account: 'stand-in-two-step', flow: 'bank_account', outcome: 'challenged' },
];

describe('a server that the engine knows by the accounts file alone', () => {
  it(
    'is paid through by every flow, worker and gateway as in production',
    { timeout: 240_000 },
    async ({ skip }) => {
      const postgres = await startPostgres();
      if (!postgres) return skip('PostgreSQL is not installed');
      onTestFinished(() => postgres.stop());
      const { client, simulator } = await startAll(postgres.url);

      const paid = await Promise.all(
        TRIPS.map(({ account, flow, outcome }, index) => {
          const key = { merchant: 'acme', payoutId: `P-${index}` };
          const parts = requestFor(flow, outcome);
          if (!parts) throw new Error(`Payneteasy has no ${flow} that is ${outcome}`);
          return pay(client, { ...key, account, ...parts } as PayoutRequestInput);
        }),
      );
      const { orders, totals } = await payneteasyBooks(simulator);
      for (const payout of paid) {
        expect(payout).toMatchObject({ status: 'succeeded' });
        const order = orders.find(({ clientOrderId }) => clientOrderId === payout.orderId);
        expect(order).toMatchObject({ bookings: 1, bookedMinor: payout.amount.minor });
        expect(order?.bookingRecords[0]?.reference).toBe(payout.reference);
      }
      expect(totals).toMatchObject({ bookings: TRIPS.length, bookedTwice: 0 });
    },
  );
});

/** The provider is a process of its own too. */
async function startAll(
  databaseUrl: string,
): Promise<{ readonly client: PayoutClient; readonly simulator: SimulatorProcess }> {
  const { merchants } = makeSigningKeys();
  const merchant = { merchantControl: CONTROL_KEY, publicKey: merchants.publicKey };
  const simulator = await startPayneteasyProcess({
    merchants: {
      'stand-in-api': { ...merchant, endpoints: ['39915'] },
      'two-step-api': { ...merchant, endpoints: [], groups: ['77'] },
    },
  });
  onTestFinished(() => simulator.stop());
  const env = {
    STAND_IN_BASE_URL: simulator.baseUrl,
    STAND_IN_CONTROL_KEY: CONTROL_KEY,
    STAND_IN_SIGNING_KEY: merchants.privateKey,
  };
  const gatewayPort = await freePort('127.0.0.1');
  const client = await startProduction({ databaseUrl, accountsFile, gatewayPort, env });
  return { client, simulator };
}

/** The form's address comes with a later question, not with the first answer. */
async function pay(client: PayoutClient, request: PayoutRequestInput) {
  const key = { merchant: request.merchant, payoutId: request.payoutId };
  await client.create(request);
  for (;;) {
    const { status, action } = await client.get(key);
    if (action) {
      await actAt(action, 'approve');
      return client.wait(key, { timeoutMs: 120_000 });
    }
    if (status !== 'created' && status !== 'processing') return client.get(key);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
