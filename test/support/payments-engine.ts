import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { PaymentRequestInput } from '../../client/index.js';
import type { MerchantId, PaymentId, PaymentKey } from '../../domain/ids.js';
import { freePort } from '../../embedded/free-port.js';
import {
  startEightbPaySimulator,
  type EightbPayControl,
  type EightbPaySimulatorOptions,
} from '../../simulators/index.js';
import { dataConverter } from '../../secrets/data-converter.js';
import { startEmbedded, type Embedded } from '../../workers/embedded.js';
import { ensureBuilt } from './built.js';

/** A whole engine that takes payments, with the provider's side played: everything real, every wait short. */
export interface PaymentsEngine extends Embedded {
  readonly temporal: Client;
  readonly shop: EightbPayControl;
  readonly dataDir: string;
}

const SECRET = 'k3yEXAMPLEnotreal';
const QUICK = {
  responseTimeoutMs: 1_500,
  connectTimeoutMs: 1_000,
  sendBudgetSecs: 2,
  expiryGraceSecs: 1,
  pollSchedule: [{ delayMs: 300, times: 200 }],
};

/**
 * Accounts: `shop` (callbacks), `shop-poll` (none), `shop-hold` (two stages, no callbacks), `shop-brief` (no callbacks, a
 * schedule of a second), `shop-far` (an order can be paid twice). These two give the provider later times than they mean,
 * so that at its side an order lives on.
 */
export async function startPaymentsEngine(
  simulated: Partial<EightbPaySimulatorOptions> = {},
): Promise<PaymentsEngine> {
  await ensureBuilt();
  delete process.env['TEMPORAL_ADDRESS'];
  process.env['TEST_PAY_SECRET'] = SECRET;
  const gatewayPort = await freePort('127.0.0.1');
  const shopOf = (callbackUrl?: string, variant = {}) => ({ secretKey: SECRET, callbackUrl, variant });
  const simulator = await startEightbPaySimulator({
    shops: {
      'key-shop': shopOf(`http://127.0.0.1:${gatewayPort}/callbacks/shop`),
      'key-shop-poll': shopOf(),
      'key-shop-hold': shopOf(undefined, { twoStage: true }),
      'key-shop-brief': shopOf(),
      'key-shop-far': shopOf(undefined, { doubleCharge: 'possible' }),
    },
    timings: { secondMs: 50, uncertainSecs: 20 },
    ...simulated,
  });
  const settingsOf = (apiKey: string, more = {}) => ({
    provider: 'eightb_pay',
    settings: {
      baseUrl: simulator.baseUrl,
      apiKey,
      secretKey: { env: 'TEST_PAY_SECRET' },
      ...QUICK,
      ...more,
    },
  });
  const brief = { pollSchedule: [{ delayMs: 200, times: 3 }], timeZone: 'Etc/GMT-14' };
  const accounts = {
    shop: settingsOf('key-shop', { pollSchedule: [{ delayMs: 60_000, times: 5 }] }),
    'shop-poll': settingsOf('key-shop-poll'),
    'shop-hold': settingsOf('key-shop-hold'),
    'shop-brief': settingsOf('key-shop-brief', brief),
    'shop-far': settingsOf('key-shop-far', { timeZone: 'Etc/GMT-14' }),
    'payer-out': {
      provider: 'all2pay',
      settings: { baseUrl: 'http://127.0.0.1:9', userName: 'u', password: { env: 'TEST_PAY_SECRET' } },
    },
  };
  const dataDir = mkdtempSync(join(tmpdir(), 'payments-engine-'));
  const accountsFile = join(dataDir, 'accounts.yaml');
  writeFileSync(accountsFile, JSON.stringify({ accounts }));
  const embedded = await startEmbedded({ dataDir, accountsFile, gatewayPort, ephemeral: true });
  const connection = await Connection.connect({ address: embedded.temporalAddress });
  return {
    ...embedded,
    temporal: new Client({
      connection,
      dataConverter: dataConverter(embedded.payloadKeys, embedded.namespace),
    }),
    shop: simulator.control,
    dataDir,
    async stop() {
      await connection.close();
      await embedded.stop();
      await simulator.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

let counter = 0;

/** A new payment of the merchant `acme`: 100.00 USD, at the account that is polled. */
export function aPayment(changes: Partial<PaymentRequestInput> = {}): PaymentRequestInput & PaymentKey {
  counter += 1;
  return {
    merchant: 'acme' as MerchantId,
    paymentId: `M-${process.pid}-${counter}` as PaymentId,
    account: 'shop-poll',
    amount: { minor: 10_000, currency: 'USD' },
    description: `Order ${counter}`,
    payer: { email: 'anna@shop.example', ip: '192.0.2.17' },
    returnUrls: { success: 'https://shop.example/paid', failure: 'https://shop.example/not-paid' },
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    ...changes,
  } as PaymentRequestInput & PaymentKey;
}
