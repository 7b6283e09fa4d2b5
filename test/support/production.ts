import { onTestFinished } from 'vitest';
import { createPayoutClient, type PayoutClient } from '../../client/index.js';
import { ROLES } from '../../domain/roles.js';
import { startTemporalServer } from '../../embedded/temporal-server.js';
import { openJournal } from '../../journal/open-journal.js';
import { publicSealingKeys } from '../../secrets/sealing-keys.js';
import { makeEngineKeys } from '../../workers/engine-keys.js';
import { temporalBinary } from './temporal-binary.js';
import { startCommand } from './worker-process.js';

/** What a test brings to production: the accounts it pays through, and where they are written down. */
export interface ProductionOptions {
  readonly databaseUrl: string;
  readonly accountsFile: string;
  readonly gatewayPort: number;
  /** What the accounts file refers to. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Worker and gateway as processes of their own, as docker-compose.yml has them, and a client. All of it ends with the
 * test. Of the compiled program: `ensureBuilt` first.
 */
export async function startProduction(options: ProductionOptions): Promise<PayoutClient> {
  const { databaseUrl, accountsFile, gatewayPort } = options;
  const gatewayUrl = `http://127.0.0.1:${gatewayPort}`;
  const temporal = await startTemporalServer({ binary: temporalBinary() });
  onTestFinished(() => temporal.stop());
  const journal = await openJournal({ kind: 'postgres', url: databaseUrl });
  const { secret: apiKey } = await journal.apiKeys.add(
    { name: 'stand-in', roles: ROLES },
    { actor: 'engine' },
  );
  await journal.close();
  const keys = await makeEngineKeys();
  const publicKeys = publicSealingKeys(keys.sealingKeys);
  const env = {
    ...options.env,
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
    oneTimeSecrets: { gatewayUrl, apiKey },
  });
  onTestFinished(() => client.close());
  return client;
}
