import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { PayoutClient, PayoutRequestInput } from '../../client/index.js';
import { makeSigningKeys } from '../../conformance/all2pay/accounts.js';
import { actAt } from '../../conformance/all2pay/person.js';
import { cardFor, requestFor } from '../../conformance/all2pay/requests.js';
import type { Flow, Outcome } from '../../conformance/index.js';
import { freePort } from '../../embedded/free-port.js';
import { all2payControl, type All2payControl } from '../../simulators/index.js';
import { ensureBuilt } from '../support/built.js';
import { startPostgres } from '../support/postgres.js';
import { startProduction } from '../support/production.js';
import { startSimulatorProcess } from '../support/simulator-process.js';

const PASSWORD = 'stand-in-password';
const CALLBACK_SECRET = 'stand-in-callback-secret';
const accountsFile = fileURLToPath(new URL('./stand-in.yaml', import.meta.url));

beforeAll(ensureBuilt);

interface Trip {
  readonly account: string;
  readonly flow: Flow;
  readonly outcome?: Outcome;
}

const TRIPS: readonly Trip[] = [
  { account: 'stand-in', flow: 'card' },
  { account: 'stand-in', flow: 'phone' },
  { account: 'stand-in', flow: 'hosted_page' },
  { account: 'stand-in', flow: 'payer_card' },
  { account: 'stand-in', flow: 'payer_card', outcome: 'challenged' },
  { account: 'stand-in-encrypting', flow: 'card' },
  { account: 'stand-in-signing', flow: 'card' },
];

describe('a server that the engine knows by the accounts file alone', () => {
  it(
    'is paid through by every flow, worker and gateway as in production',
    { timeout: 240_000 },
    async ({ skip }) => {
      const postgres = await startPostgres();
      if (!postgres) return skip('PostgreSQL is not installed');
      onTestFinished(() => postgres.stop());
      const { client, provider } = await startAll(postgres.url);

      const bySavedCard = await payToStoredCard(client);
      const paid = await Promise.all(TRIPS.map((trip, index) => pay(client, trip, `P-${index}`)));
      for (const payout of [bySavedCard, ...paid]) {
        expect(payout).toMatchObject({ status: 'succeeded' });
        const order = await provider.order(payout.orderId);
        expect(order).toMatchObject({ bookings: 1, bookedAmount: payout.amount.minor });
      }
      const { signatures, requests } = await provider.requests(paid.at(-1)?.orderId);
      expect(signatures).toMatchObject({ invalid: 0, absent: 0, unchecked: 0 });
      expect(requests.length).toBeGreaterThan(0);
      const encrypted = await provider.requests(paid.at(-2)?.orderId);
      expect(encrypted.requests.map(({ target }) => target)).toContain('seToken');
    },
  );
});

/** The provider is a process of its own too. */
async function startAll(
  databaseUrl: string,
): Promise<{ readonly client: PayoutClient; readonly provider: All2payControl }> {
  const gatewayPort = await freePort('127.0.0.1');
  const gatewayUrl = `http://127.0.0.1:${gatewayPort}`;
  const signingKeys = makeSigningKeys();
  const returnUrl = `${gatewayUrl}/return/stand-in/{orderNumber}`;
  const callback = { url: `${gatewayUrl}/callbacks/stand-in`, secret: CALLBACK_SECRET };
  const simulator = await startSimulatorProcess({
    logins: {
      'stand-in-api': { password: PASSWORD, returnUrl, callback },
      'encrypting-api': { password: PASSWORD, variant: { cards: 'seTokenOnly' } },
      'signing-api': { password: PASSWORD, signing: { publicKey: signingKeys.merchants.publicKey } },
    },
  });
  onTestFinished(() => simulator.stop());
  const env = {
    STAND_IN_BASE_URL: simulator.baseUrl,
    STAND_IN_PASSWORD: PASSWORD,
    STAND_IN_CALLBACK_SECRET: CALLBACK_SECRET,
    STAND_IN_SIGNING_KEY: signingKeys.merchants.privateKey,
  };
  const client = await startProduction({ databaseUrl, accountsFile, gatewayPort, env });
  return { client, provider: all2payControl(simulator.controlUrl) };
}

const MERCHANT = 'acme';

async function pay(client: PayoutClient, { account, flow, outcome = 'paid' }: Trip, payoutId: string) {
  const parts = requestFor(flow, outcome);
  if (!parts) throw new Error(`All2pay has no ${flow} that is ${outcome}`);
  const { payer, ...request } = parts;
  const key = { merchant: MERCHANT, payoutId };
  if (payer) {
    const card = { merchant: MERCHANT, storedCardId: `${payoutId}-payer`, account };
    await client.storedCards.add({ ...card, purpose: 'source', ...payer });
    expect((await client.storedCards.wait(card, { timeoutMs: 90_000 })).status).toBe('active');
  }
  const source = payer && { source: { type: 'stored_card', storedCardId: `${payoutId}-payer` } };
  await client.create({ ...key, account, ...request, ...source } as PayoutRequestInput);
  const answered = await client.wait(key, { until: 'answered', timeoutMs: 120_000 });
  if (answered.action) await actAt(answered.action, 'approve');
  return client.wait(key, { timeoutMs: 120_000 });
}

/** The recipient's card, stored and then paid to. */
async function payToStoredCard(client: PayoutClient) {
  const parts = cardFor('destination', 'stored');
  const amount = requestFor('card', 'paid')?.amount;
  if (!parts || !amount) throw new Error('All2pay stores cards');
  const card = { merchant: MERCHANT, storedCardId: 'recipients', account: 'stand-in' };
  await client.storedCards.add({ ...card, purpose: 'destination', ...parts });
  expect((await client.storedCards.wait(card, { timeoutMs: 90_000 })).status).toBe('active');
  const key = { merchant: MERCHANT, payoutId: 'P-stored' };
  const destination = { type: 'stored_card', storedCardId: 'recipients' } as const;
  await client.create({ ...key, account: 'stand-in', amount, destination });
  return client.wait(key, { timeoutMs: 120_000 });
}
