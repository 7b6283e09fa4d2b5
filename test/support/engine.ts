import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import type { PayoutRequestInput } from '../../client/index.js';
import type { MerchantId, PayoutId, PayoutKey } from '../../domain/ids.js';
import { all2payControl, type All2payControl, type All2paySimulatorOptions } from '../../simulators/index.js';
import { dataConverter } from '../../secrets/data-converter.js';
import { startEmbedded, type Embedded } from '../../workers/embedded.js';
import { ensureBuilt } from './built.js';

/** A whole engine for one test file: everything real, every wait short, every port a free one. */
export interface TestEngine extends Embedded {
  readonly temporal: Client;
  readonly provider: All2payControl;
  readonly logFile: string;
}

const QUICK = { hangMs: 2_000, notFoundMs: 1_000, pendingMs: 1_000, sessionSecondMs: 30 };

export async function startTestEngine(
  simulator: Partial<All2paySimulatorOptions> = {},
  databaseUrl?: string,
): Promise<TestEngine> {
  await ensureBuilt();
  delete process.env['TEMPORAL_ADDRESS'];
  if (databaseUrl !== undefined) process.env['PAYOUTS_DATABASE_URL'] = databaseUrl;
  const dataDir = mkdtempSync(join(tmpdir(), 'payouts-engine-'));
  const embedded = await startEmbedded({
    dataDir,
    accountsFile: fileURLToPath(new URL('./accounts.yaml', import.meta.url)),
    ephemeral: true,
    simulator: { ...simulator, timings: { ...QUICK, ...simulator.timings } },
  });
  const connection = await Connection.connect({ address: embedded.temporalAddress });
  return {
    ...embedded,
    temporal: new Client({
      connection,
      dataConverter: dataConverter(embedded.payloadKeys, embedded.namespace),
    }),
    provider: all2payControl(embedded.simulators[0]?.controlUrl ?? ''),
    logFile: join(dataDir, 'payouts.log'),
    async stop() {
      await connection.close();
      await embedded.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

let counter = 0;

/** A new payout of the merchant `acme`; by default 100.00 RUB to a card, at the account that is polled. */
export function aPayout(changes: Partial<PayoutRequestInput> = {}): PayoutRequestInput & PayoutKey {
  counter += 1;
  return {
    merchant: 'acme' as MerchantId,
    payoutId: `T-${process.pid}-${counter}` as PayoutId,
    account: 'acme-a2p-poll',
    amount: { minor: 10_000, currency: 'RUB' },
    destination: { type: 'card', number: '2200000000000004' },
    ...changes,
  } as PayoutRequestInput & PayoutKey;
}
