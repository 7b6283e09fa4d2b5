import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createPayoutClient, type PayoutClient, type PayoutRequestInput } from '../../client/index.js';
import { PROVIDERS_DIRECTIONS } from '../../conformance/eightb-disbursement/directions.js';
import { requestFor } from '../../conformance/eightb-disbursement/requests.js';
import type { Flow, Outcome } from '../../conformance/index.js';
import { freePort } from '../../embedded/free-port.js';
import { startTemporalServer } from '../../embedded/temporal-server.js';
import { openJournal } from '../../journal/open-journal.js';
import { publicSealingKeys } from '../../secrets/sealing-keys.js';
import { startEightbDisbursementSimulator, type EightbDisbursementControl } from '../../simulators/index.js';
import { makeEngineKeys } from '../../workers/engine-keys.js';
import { ensureBuilt } from '../support/built.js';
import { startPostgres } from '../support/postgres.js';
import { temporalBinary } from '../support/temporal-binary.js';
import { startCommand } from '../support/worker-process.js';

const SECRET_KEY = 'stand-in-secret-key';
const accountsFile = fileURLToPath(new URL('./stand-in-eightb-disbursement.yaml', import.meta.url));

beforeAll(ensureBuilt);

interface Trip {
  readonly account: 'stand-in' | 'stand-in-called-back';
  readonly flow: Flow;
  readonly outcome: Outcome;
  readonly ends: 'succeeded' | 'declined';
}

const TRIPS: readonly Trip[] = [
  { account: 'stand-in', flow: 'card', outcome: 'paid', ends: 'succeeded' },
  { account: 'stand-in', flow: 'bank_account', outcome: 'paid', ends: 'succeeded' },
  { account: 'stand-in', flow: 'phone', outcome: 'paid', ends: 'succeeded' },
  { account: 'stand-in', flow: 'wallet', outcome: 'paid', ends: 'succeeded' },
  { account: 'stand-in', flow: 'card', outcome: 'declined', ends: 'declined' },
  { account: 'stand-in-called-back', flow: 'card', outcome: 'paid_later', ends: 'succeeded' },
];

describe('an 8b Disbursement server that the engine knows by the accounts file alone', () => {
  it(
    'is paid through by every flow, worker and gateway as in production',
    { timeout: 240_000 },
    async ({ skip }) => {
      const postgres = await startPostgres();
      if (!postgres) return skip('PostgreSQL is not installed');
      onTestFinished(() => postgres.stop());
      const { client, provider } = await startProduction(postgres.url);
      await Promise.all(
        TRIPS.map(async (trip, index) => {
          const { status, orderId, amount } = await pay(client, trip, `P-${index}`);
          expect({ ...trip, status }).toEqual({ ...trip, status: trip.ends });
          const bookings = trip.ends === 'succeeded' ? 1 : 0;
          const bookedMinor = bookings * amount.minor;
          expect(await provider.operation(orderId)).toMatchObject({ bookings, bookedMinor });
          const { counts, requests } = await provider.requests(orderId);
          expect(counts).toMatchObject({ payout: 1 });
          expect(requests.every(({ signature }) => signature === 'valid')).toBe(true);
        }),
      );
    },
  );
});

/** Worker and gateway each a process of its own, as docker-compose.yml has them; the provider in the test's. */
async function startProduction(
  databaseUrl: string,
): Promise<{ readonly client: PayoutClient; readonly provider: EightbDisbursementControl }> {
  const temporal = await startTemporalServer({ binary: temporalBinary() });
  onTestFinished(() => temporal.stop());
  const gatewayPort = await freePort('127.0.0.1');
  const gatewayUrl = `http://127.0.0.1:${gatewayPort}`;
  const simulator = await startEightbDisbursementSimulator({
    services: {
      '1042': { secretKey: SECRET_KEY },
      '1043': { secretKey: SECRET_KEY, callbackUrl: `${gatewayUrl}/callbacks/stand-in-called-back` },
    },
    destinations: PROVIDERS_DIRECTIONS,
  });
  onTestFinished(() => simulator.close());

  const journal = await openJournal({ kind: 'postgres', url: databaseUrl });
  await journal.close();
  const keys = await makeEngineKeys();
  const publicKeys = publicSealingKeys(keys.sealingKeys);
  const env = {
    STAND_IN_BASE_URL: simulator.baseUrl,
    STAND_IN_SECRET_KEY: SECRET_KEY,
    TEMPORAL_ADDRESS: temporal.address,
    PAYOUTS_DATABASE_URL: databaseUrl,
    PAYOUTS_ACCOUNTS: accountsFile,
    PAYOUTS_PAYLOAD_KEYS: JSON.stringify(keys.payloadKeys),
    PAYOUTS_FINGERPRINT_KEY: Buffer.from(keys.fingerprintKey).toString('base64'),
    PAYOUTS_GATEWAY_PORT: String(gatewayPort),
    PAYOUTS_PUBLIC_URL: gatewayUrl,
  };
  const processes = [
    startCommand(['worker'], { ...env, PAYOUTS_SEALING_KEYS: JSON.stringify(keys.sealingKeys) }),
    startCommand(['gateway'], { ...env, PAYOUTS_SEALING_PUBLIC_KEY: JSON.stringify(publicKeys) }),
  ];
  for (const command of processes) onTestFinished(() => command.crash());
  await Promise.all(processes.map((command) => command.says(/(Worker|Gateway) started/)));

  const client = await createPayoutClient({
    address: temporal.address,
    sealing: { publicKeys },
    fingerprintKey: keys.fingerprintKey,
    payloadKeys: keys.payloadKeys,
  });
  onTestFinished(() => client.close());
  return { client, provider: simulator.control };
}

async function pay(client: PayoutClient, { account, flow, outcome }: Trip, payoutId: string) {
  const parts = requestFor(flow, outcome);
  if (!parts) throw new Error(`8b Disbursement has no ${flow} that is ${outcome}`);
  const { payer: _nobody, ...request } = parts;
  const key = { merchant: 'acme', payoutId };
  await client.create({ ...key, account, ...request } as PayoutRequestInput);
  return client.wait(key, { timeoutMs: 120_000 });
}
