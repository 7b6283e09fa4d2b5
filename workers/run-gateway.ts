import { lazyTemporalConnection } from '../client/temporal-connection.js';
import type { Environment } from '../config/environment.js';
import { readTemporalConnection } from '../config/temporal.js';
import { requireGatewayKeys } from './engine-keys.js';
import { loadAccounts } from './load-accounts.js';
import { createLog } from './log.js';
import { openEnvironmentJournal } from './open-environment-journal.js';
import { openGateway } from './open-gateway.js';
import { providerWatch } from './provider-watch.js';
import { asIs, type Rewire } from './rewire.js';
import { stopSignal } from './stop-signal.js';

/**
 * A gateway process: the HTTP API, the providers' callbacks and the browsers' returns.
 *
 * @param rewire as for a worker
 */
export async function runGateway(environment: Environment, rewire: Rewire = asIs): Promise<void> {
  const log = createLog({ level: environment.logLevel });
  const stopping = stopSignal();
  const keys = requireGatewayKeys(environment);
  const loaded = loadAccounts(environment.accountsFile, providerWatch(log));
  const { connectionOptions, namespace } = readTemporalConnection();
  const opened = await openEnvironmentJournal(environment);
  const { journal, accounts } = rewire({ journal: opened, accounts: loaded.accounts });
  // Lazy: the gateway stores callbacks and answers reads while Temporal is away.
  const temporal = lazyTemporalConnection(connectionOptions);
  try {
    const { gateway } = await openGateway({
      connection: temporal.connection,
      namespace,
      journal,
      accounts,
      keys,
      log,
      publicUrl: environment.gateway.publicUrl,
      doors: environment.doors,
      mayCallBack: loaded.mayCallBack,
      hook: environment.hook,
    });
    const address = await gateway.listen({ host: environment.gateway.host, port: environment.gateway.port });
    log.info('Gateway started', { address });
    const signal = await stopping;
    log.info('Gateway stops: requests under way may finish', { signal });
    await gateway.close();
  } finally {
    await journal.close();
    await temporal.close();
  }
}
