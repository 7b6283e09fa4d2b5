import { Connection } from '@temporalio/client';
import { createPayoutClient } from '../client/create-payout-client.js';
import { createPayoutSignals } from '../client/payout-signals.js';
import type { Environment } from '../config/environment.js';
import { readTemporalConnection } from '../config/temporal.js';
import { createGateway } from '../gateway/create-gateway.js';
import { publicSealingKeys } from '../secrets/sealing-keys.js';
import { requireEngineKeys } from './engine-keys.js';
import { gatewayAccounts } from './gateway-accounts.js';
import { loadAccounts } from './load-accounts.js';
import { createLog } from './log.js';
import { openEnvironmentJournal } from './open-environment-journal.js';
import { stopSignal } from './stop-signal.js';

/** A gateway process: the HTTP API, the providers' callbacks and the browsers' returns. */
export async function runGateway(environment: Environment): Promise<void> {
  const log = createLog({ level: environment.logLevel });
  const stopping = stopSignal();
  const { sealingKeys, fingerprintKey } = requireEngineKeys(environment);
  const { accounts } = loadAccounts(environment.accountsFile, log);
  const { connectionOptions, namespace } = readTemporalConnection();
  const journal = await openEnvironmentJournal(environment);
  // Lazy: the gateway stores callbacks and answers reads while Temporal is away.
  const connection = Connection.lazy(connectionOptions);
  const publicKeys = publicSealingKeys(sealingKeys);
  try {
    const gateway = await createGateway({
      client: await createPayoutClient({
        connection,
        namespace,
        sealing: { publicKeys },
        fingerprintKey,
      }),
      signals: createPayoutSignals({ connection, namespace }),
      journal,
      ...gatewayAccounts(accounts),
      sealingKeys: publicKeys,
      log,
      checkTemporal: async () => {
        await connection.workflowService.describeNamespace({ namespace });
      },
      publicUrl: environment.gateway.publicUrl,
    });
    const address = await gateway.listen({ host: environment.gateway.host, port: environment.gateway.port });
    log.info('Gateway started', { address });
    const signal = await stopping;
    log.info('Gateway stops: requests under way may finish', { signal });
    await gateway.close();
  } finally {
    await connection.close();
    await journal.close();
  }
}
