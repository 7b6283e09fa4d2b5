import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { PayoutClient } from '../client/payout-client.js';
import { readCacheDir } from '../config/cache-dir.js';
import { readEnvironment } from '../config/environment.js';
import { readTemporalConnection, type TemporalConnection } from '../config/temporal.js';
import { holdPort } from '../embedded/free-port.js';
import { findTemporal } from '../embedded/find-temporal.js';
import { startTemporalServer } from '../embedded/temporal-server.js';
import { openJournal } from '../journal/open-journal.js';
import type { Journal } from '../journal/port.js';
import type { FingerprintKey } from '../secrets/fingerprint.js';
import { publicSealingKeys, type SealingKeys } from '../secrets/sealing-keys.js';
import type { All2paySimulatorOptions } from '../simulators/index.js';
import { embeddedEngineKeys } from './engine-keys.js';
import { startSimulators, type RunningSimulator } from './simulated/start-simulators.js';
import { historyStats, type HistoryStats } from './history-stats.js';
import { openAccounts } from './load-accounts.js';
import { createLog } from './log.js';
import { openGateway } from './open-gateway.js';
import { startPayoutWorkers } from './payout-workers.js';
import { providerWatch } from './provider-watch.js';
import { installRuntime } from './runtime.js';
import { ensureSearchAttributes } from './search-attributes.js';

export interface EmbeddedOptions {
  /** Journal, Temporal's database, keys and logs live here. */
  readonly dataDir: string;
  readonly accountsFile: string;
  /** Nothing is kept and every port is a free one: for demonstrations and tests. @default false */
  readonly ephemeral?: boolean | undefined;
  readonly gatewayPort?: number | undefined;
  readonly temporalPort?: number | undefined;
  readonly uiPort?: number | undefined;
  readonly simulatorPort?: number | undefined;
  /** @default 'real' */
  readonly timings?: 'demo' | 'real' | undefined;
  /** For every simulator; wins over `timings`, and an account's own `simulator` block wins over it. */
  readonly simulator?: Partial<All2paySimulatorOptions> | undefined;
  readonly onProgress?: ((line: string) => void) | undefined;
}

/** Everything in one process: Temporal's dev server, journal, simulators, workers, gateway. */
export interface Embedded {
  readonly temporalAddress: string;
  readonly namespace: string;
  /** Absent where the Temporal server is somebody else's (TEMPORAL_ADDRESS). */
  readonly uiUrl?: string | undefined;
  readonly gatewayUrl: string;
  readonly operatorKey: string;
  readonly simulators: readonly RunningSimulator[];
  readonly client: PayoutClient;
  readonly journal: Journal;
  readonly sealingPublicKeys: SealingKeys;
  readonly fingerprintKey: FingerprintKey;
  historyStats(): Promise<HistoryStats>;
  stop(): Promise<void>;
}

/** By default the server may fire timers, and so polls, up to a second late: right for a cluster, slow to watch. */
const PROMPT_TIMERS = { 'history.timerProcessorMaxTimeShift': '10ms' };

const OPERATOR_KEY_NAME = 'embedded operator';

/** Starts an embedded engine; if a part does not start, the parts before it are stopped. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const {
    dataDir,
    accountsFile,
    ephemeral = false,
    timings = 'real',
    onProgress = () => undefined,
  } = options;
  const environment = readEnvironment();
  await mkdir(dataDir, { recursive: true });
  const log = createLog({ level: environment.logLevel, file: join(dataDir, 'payouts.log') });
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of stops.splice(0).reverse()) {
      await step().catch((error: unknown) => log.error('A part did not stop cleanly', { error }));
    }
  };

  try {
    const keys = await embeddedEngineKeys(environment, dataDir);
    const meter = installRuntime(log);

    const temporal = await startTemporal();
    onProgress('Opening the journal');
    const journal = await openJournal(
      environment.databaseUrl
        ? { kind: 'postgres', url: environment.databaseUrl.reveal() }
        : {
            kind: 'pglite',
            directory: ephemeral ? undefined : join(dataDir, 'journal'),
            cacheDir: readCacheDir(),
          },
    );
    stops.push(() => journal.close());

    // Held while the others start, who must know it: a port that is only free now may be anybody's by then.
    const gatewayAt = await holdPort(
      '127.0.0.1',
      options.gatewayPort ?? (ephemeral ? 0 : environment.gateway.port),
    );
    stops.push(() => gatewayAt.release());
    const gatewayUrl = `http://127.0.0.1:${gatewayAt.port}`;
    const simulators = await startSimulators({
      accountsFile,
      gatewayUrl,
      dataDir: ephemeral ? undefined : dataDir,
      port: options.simulatorPort,
      timings,
      overrides: options.simulator,
    });
    for (const simulator of simulators.running) stops.push(() => simulator.close());
    const { accounts, callsPerSecond } = openAccounts(simulators.accounts, providerWatch(log, meter));

    const { namespace, uiUrl } = temporal;
    const connection = await NativeConnection.connect(temporal.connectionOptions);
    stops.push(() => connection.close());
    await ensureSearchAttributes(connection, namespace);
    const workers = await startPayoutWorkers({
      connection,
      namespace,
      deps: { journal, accounts, ...keys, publicUrl: gatewayUrl },
      callsPerSecond,
      shutdownGraceMs: 5_000,
    });
    stops.push(() => workers.stop());

    const sealingPublicKeys = publicSealingKeys(keys.sealingKeys);
    const { gateway, client } = await openGateway({
      connection,
      namespace,
      journal,
      accounts,
      keys: { sealingPublicKeys, fingerprintKey: keys.fingerprintKey },
      log,
      publicUrl: gatewayUrl,
    });
    stops.push(() => gateway.close());
    await gatewayAt.release();
    await gateway.listen({ host: '127.0.0.1', port: gatewayAt.port });
    const operatorKey = await freshOperatorKey(journal);
    onProgress('Ready');

    return {
      temporalAddress: temporal.connectionOptions.address ?? '127.0.0.1:7233',
      namespace,
      uiUrl,
      gatewayUrl,
      operatorKey,
      simulators: simulators.running,
      client,
      journal,
      sealingPublicKeys,
      fingerprintKey: keys.fingerprintKey,
      historyStats: () => historyStats(new Client({ connection, namespace })),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }

  async function startTemporal(): Promise<TemporalConnection & { uiUrl?: string | undefined }> {
    const found = await findTemporal(environment.temporal, { onProgress });
    const configured = readTemporalConnection();
    if (found.kind === 'address') return configured;
    onProgress('Starting Temporal');
    const server = await startTemporalServer({
      binary: found.path,
      port: options.temporalPort ?? (ephemeral ? 0 : 7233),
      uiPort: options.uiPort ?? (ephemeral ? 0 : 8233),
      dbFile: ephemeral ? undefined : join(dataDir, 'temporal.db'),
      logFile: join(dataDir, 'temporal.log'),
      dynamicConfig: PROMPT_TIMERS,
    });
    stops.push(() => server.stop());
    return { connectionOptions: { address: server.address }, namespace: 'default', uiUrl: server.uiUrl };
  }
}

/** A new key for each run: the one of an earlier run may have been left behind in a file. */
async function freshOperatorKey({ apiKeys }: Journal): Promise<string> {
  for (const { id, name, revokedAt } of await apiKeys.list()) {
    if (name === OPERATOR_KEY_NAME && revokedAt === undefined) await apiKeys.revoke(id);
  }
  const { secret } = await apiKeys.add({ name: OPERATOR_KEY_NAME, role: 'operator' });
  return secret;
}
