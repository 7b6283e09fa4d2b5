import { NativeConnection } from '@temporalio/worker';
import type { Environment } from '../config/environment.js';
import { readTemporalConnection } from '../config/temporal.js';
import { requireEngineKeys } from './engine-keys.js';
import { loadAccounts } from './load-accounts.js';
import { createLog } from './log.js';
import { openEnvironmentJournal } from './open-environment-journal.js';
import { startPayoutWorkers } from './payout-workers.js';
import { providerWatch } from './provider-watch.js';
import { asIs, type Rewire } from './rewire.js';
import { installRuntime } from './runtime.js';
import { ensureSearchAttributes } from './search-attributes.js';
import { stopSignal } from './stop-signal.js';

/**
 * A worker process: from its configuration to its graceful stop.
 *
 * @param rewire puts something in the place of journal and accounts; for a harness that watches or breaks them
 */
export async function runWorker(environment: Environment, rewire: Rewire = asIs): Promise<void> {
  const log = createLog({ level: environment.logLevel });
  const stopping = stopSignal();
  const { payloadKeys, ...keys } = requireEngineKeys(environment);
  const { connectionOptions, namespace } = readTemporalConnection();
  const meter = installRuntime(log, environment.worker.metricsAddress);
  const loaded = loadAccounts(environment.accountsFile, providerWatch(log, meter));
  const { callsPerSecond } = loaded;
  const opened = await openEnvironmentJournal(environment);
  const { journal, accounts } = rewire({ journal: opened, accounts: loaded.accounts });
  const connection = await NativeConnection.connect(connectionOptions);
  try {
    await ensureSearchAttributes(connection, namespace);
    const workers = await startPayoutWorkers({
      connection,
      namespace,
      deps: { journal, accounts, ...keys, publicUrl: environment.gateway.publicUrl },
      payloadKeys,
      callsPerSecond,
      maxCachedWorkflows: environment.worker.maxCachedWorkflows,
      maxWorkflowTasks: environment.worker.maxWorkflowTasks,
      maxActivities: environment.worker.maxActivities,
      shutdownGraceMs: environment.worker.shutdownGraceMs,
    });
    log.info('Worker started', { namespace, accounts: [...accounts.keys()] });
    const signal = await Promise.race([stopping, workers.running]);
    log.info('Worker stops: provider calls under way may finish', { signal });
    await workers.stop();
  } finally {
    await connection.close();
    await journal.close();
  }
}
