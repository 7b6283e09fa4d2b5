import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { PayoutClient } from '../client/payout-client.js';
import { createCodecServer } from '../codec-server/create-codec-server.js';
import { readCacheDir } from '../config/cache-dir.js';
import { readEnvironment } from '../config/environment.js';
import { readTemporalConnection, type TemporalConnection } from '../config/temporal.js';
import { holdPort, type HeldPort } from '../embedded/free-port.js';
import { findTemporal } from '../embedded/find-temporal.js';
import { startTemporalServer } from '../embedded/temporal-server.js';
import { ROLES } from '../domain/roles.js';
import { openJournal } from '../journal/open-journal.js';
import type { Journal } from '../journal/port.js';
import { dataConverter } from '../secrets/data-converter.js';
import type { FingerprintKey } from '../secrets/fingerprint.js';
import type { PayloadKeys } from '../secrets/payload-keys.js';
import { publicSealingKeys, type SealingKeys } from '../secrets/sealing-keys.js';
import type { All2paySimulatorOptions } from '../simulators/index.js';
import { embeddedEngineKeys } from './embedded-keys.js';
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
  readonly codecPort?: number | undefined;
  readonly simulatorPort?: number | undefined;
  /** @default 'real' */
  readonly timings?: 'demo' | 'real' | undefined;
  /** For every simulator; wins over `timings`, and an account's own `simulator` block wins over it. */
  readonly simulator?: Partial<All2paySimulatorOptions> | undefined;
  readonly onProgress?: ((line: string) => void) | undefined;
}

/** Everything in one process: Temporal's dev server, journal, simulators, workers, gateway, codec server. */
export interface Embedded {
  readonly temporalAddress: string;
  readonly namespace: string;
  /** Absent where the Temporal server is somebody else's (TEMPORAL_ADDRESS). */
  readonly uiUrl?: string | undefined;
  readonly gatewayUrl: string;
  /** Where the UI has payloads decrypted, for browsers that logged in there. */
  readonly codecUrl: string;
  /** To the HTTP API, with all roles. */
  readonly operatorKey: string;
  readonly simulators: readonly RunningSimulator[];
  readonly client: PayoutClient;
  readonly journal: Journal;
  readonly sealingPublicKeys: SealingKeys;
  readonly payloadKeys: PayloadKeys;
  readonly fingerprintKey: FingerprintKey;
  historyStats(): Promise<HistoryStats>;
  stop(): Promise<void>;
}

/** By default the server may fire timers, and so polls, up to a second late: right for a cluster, slow to watch. */
const PROMPT_TIMERS = { 'history.timerProcessorMaxTimeShift': '10ms' };

/** Of the terminal beside the engine: it may do everything. */
const LOCAL_KEY_NAME = 'embedded';
const ENGINE = { actor: 'engine' };

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
    const { payloadKeys, ...keys } = await embeddedEngineKeys(environment, dataDir);
    const meter = installRuntime(log);

    const codecAt = await hold(options.codecPort, environment.codecServer.port);
    const codecUrl = `http://127.0.0.1:${codecAt.port}`;
    const temporal = await startTemporal(codecUrl);
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
    const gatewayAt = await hold(options.gatewayPort, environment.gateway.port);
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
    const { accounts, callsPerSecond, mayCallBack } = openAccounts(
      simulators.accounts,
      providerWatch(log, meter),
    );

    const { namespace, uiUrl } = temporal;
    const connection = await NativeConnection.connect(temporal.connectionOptions);
    stops.push(() => connection.close());
    await ensureSearchAttributes(connection, namespace);
    const workers = await startPayoutWorkers({
      connection,
      namespace,
      deps: { journal, accounts, ...keys, publicUrl: gatewayUrl },
      payloadKeys,
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
      keys: { sealingPublicKeys, payloadKeys, fingerprintKey: keys.fingerprintKey },
      log,
      publicUrl: gatewayUrl,
      doors: environment.doors,
      mayCallBack,
      hook: environment.hook,
    });
    stops.push(() => gateway.close());
    await gatewayAt.release();
    await gateway.listen({ host: '127.0.0.1', port: gatewayAt.port });
    const codecServer = await createCodecServer({
      payloadKeys,
      apiKeys: journal.apiKeys,
      namespace,
      uiUrl: uiUrl ?? environment.codecServer.uiUrl,
      log,
    });
    stops.push(() => codecServer.close());
    await codecAt.release();
    await codecServer.listen({ host: '127.0.0.1', port: codecAt.port });
    const operatorKey = await freshLocalKey(journal);
    onProgress('Ready');

    return {
      temporalAddress: temporal.connectionOptions.address ?? '127.0.0.1:7233',
      namespace,
      uiUrl,
      gatewayUrl,
      codecUrl,
      operatorKey,
      simulators: simulators.running,
      client,
      journal,
      sealingPublicKeys,
      payloadKeys,
      fingerprintKey: keys.fingerprintKey,
      historyStats: () =>
        historyStats(
          new Client({ connection, namespace, dataConverter: dataConverter(payloadKeys, namespace) }),
        ),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }

  async function hold(asked: number | undefined, usual: number): Promise<HeldPort> {
    const held = await holdPort('127.0.0.1', asked ?? (ephemeral ? 0 : usual));
    stops.push(() => held.release());
    return held;
  }

  async function startTemporal(
    codecUrl: string,
  ): Promise<TemporalConnection & { uiUrl?: string | undefined }> {
    const found = await findTemporal(environment.temporal, { onProgress });
    const configured = readTemporalConnection();
    if (found.kind === 'address') return configured;
    onProgress('Starting Temporal');
    const server = await startTemporalServer({
      binary: found.path,
      port: options.temporalPort ?? (ephemeral ? 0 : 7233),
      uiPort: options.uiPort ?? (ephemeral ? 0 : 8233),
      codecUrl,
      dbFile: ephemeral ? undefined : join(dataDir, 'temporal.db'),
      logFile: join(dataDir, 'temporal.log'),
      dynamicConfig: PROMPT_TIMERS,
    });
    stops.push(() => server.stop());
    return { connectionOptions: { address: server.address }, namespace: 'default', uiUrl: server.uiUrl };
  }
}

/** A new key for each run: the one of an earlier run may have been left behind in a file. */
async function freshLocalKey({ apiKeys }: Journal): Promise<string> {
  for (const { id, name, revokedAt } of await apiKeys.list()) {
    if (name === LOCAL_KEY_NAME && revokedAt === undefined) await apiKeys.revoke(id, ENGINE);
  }
  const { secret } = await apiKeys.add({ name: LOCAL_KEY_NAME, roles: ROLES }, ENGINE);
  return secret;
}
