import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPayoutClient, type PayoutClient } from '../../client/index.js';
import { freePort } from '../../embedded/free-port.js';
import { startTemporalServer } from '../../embedded/temporal-server.js';
import { openJournal } from '../../journal/open-journal.js';
import type { Journal } from '../../journal/port.js';
import { publicSealingKeys } from '../../secrets/sealing-keys.js';
import { all2payControl, type All2payControl } from '../../simulators/index.js';
import { startSimulators } from '../../workers/simulated/start-simulators.js';
import { makeEngineKeys } from '../../workers/engine-keys.js';
import type { TestPostgres } from '../support/postgres.js';
import { startTcpProxy } from '../support/tcp-proxy.js';
import { startCommand, type CommandProcess } from '../support/worker-process.js';

/** Something that the engine needs and that goes away for a while. */
export interface Part {
  down(): Promise<void>;
  up(): Promise<void>;
}

/** The engine as in production, each part a process of its own, and the switches for those it depends on. */
export interface Stage {
  readonly parts: Readonly<Record<'temporal' | 'journal' | 'provider', Part>>;
  readonly client: PayoutClient;
  readonly journal: Journal;
  readonly provider: All2payControl;
  readonly gatewayUrl: string;
  readonly processes: readonly CommandProcess[];
}

export interface StageOptions {
  readonly postgres: TestPostgres;
  readonly temporalBinary: string;
  readonly directory: string;
  /** Called with each part that was started; to be ended in reverse. */
  readonly onStop: (stop: () => Promise<unknown>) => void;
}

const accountsFile = fileURLToPath(new URL('./accounts.yaml', import.meta.url));

export async function startStage({
  postgres,
  temporalBinary,
  directory,
  onStop,
}: StageOptions): Promise<Stage> {
  const serve = (port?: number) =>
    startTemporalServer({ binary: temporalBinary, dbFile: join(directory, 'temporal.db'), port });
  let temporal = await serve();
  onStop(() => temporal.stop());
  const temporalPort = Number(temporal.address.split(':').at(-1));

  const gatewayPort = await freePort('127.0.0.1');
  const gatewayUrl = `http://127.0.0.1:${gatewayPort}`;
  const simulators = await startSimulators({
    accountsFile,
    gatewayUrl,
    timings: 'real',
    overrides: {
      timings: { hangMs: 1_500, pendingMs: 4_000 },
      // As patient as the provider, in smaller steps: its three tries span a minute (All2pay payouts document §13).
      callbacks: { repeatMs: 10_000, maxTries: 6 },
    },
  });
  for (const simulator of simulators.running) onStop(() => simulator.close());
  const { baseUrl = '', controlUrl = '' } = simulators.running[0] ?? {};
  const provider = await startTcpProxy(Number(new URL(baseUrl).port));
  onStop(() => provider.down());

  const journal = await openJournal({ kind: 'postgres', url: postgres.url });
  onStop(() => journal.close());
  const keys = await makeEngineKeys();
  const { address } = temporal;
  const publicKeys = publicSealingKeys(keys.sealingKeys);
  const client = await createPayoutClient({
    address,
    sealing: { publicKeys },
    fingerprintKey: keys.fingerprintKey,
    payloadKeys: keys.payloadKeys,
    callTimeoutMs: 15_000,
  });
  onStop(() => client.close());

  const env = {
    ...simulators.variables,
    ALL2PAY_BASE_URL: baseUrl.replace(/:\d+/, `:${provider.port}`),
    TEMPORAL_ADDRESS: address,
    PAYOUTS_DATABASE_URL: postgres.url,
    PAYOUTS_ACCOUNTS: accountsFile,
    PAYOUTS_PAYLOAD_KEYS: JSON.stringify(keys.payloadKeys),
    PAYOUTS_FINGERPRINT_KEY: Buffer.from(keys.fingerprintKey).toString('base64'),
    PAYOUTS_GATEWAY_PORT: String(gatewayPort),
  };
  const processes = [
    startCommand(['worker'], { ...env, PAYOUTS_SEALING_KEYS: JSON.stringify(keys.sealingKeys) }),
    startCommand(['gateway'], { ...env, PAYOUTS_SEALING_PUBLIC_KEY: JSON.stringify(publicKeys) }),
  ];
  for (const command of processes) onStop(() => command.crash());
  await Promise.all(processes.map((command) => command.says(/(Worker|Gateway) started/)));

  return {
    parts: {
      temporal: {
        down: () => temporal.kill(),
        up: async () => void (temporal = await serve(temporalPort)),
      },
      journal: postgres,
      provider,
    },
    client,
    journal,
    provider: all2payControl(controlUrl),
    gatewayUrl,
    processes,
  };
}
