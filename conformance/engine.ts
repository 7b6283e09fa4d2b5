import { NativeConnection } from '@temporalio/worker';
import type { EngineAccount } from '../activities/deps.js';
import type { PayoutClient } from '../client/payout-client.js';
import { readCacheDir } from '../config/cache-dir.js';
import { readTemporalSearch } from '../config/temporal-search.js';
import type { AccountId } from '../domain/ids.js';
import { findTemporal } from '../embedded/find-temporal.js';
import { holdPort, type HeldPort } from '../embedded/free-port.js';
import { startTemporalServer } from '../embedded/temporal-server.js';
import { openJournal } from '../journal/open-journal.js';
import type { Journal } from '../journal/port.js';
import type { FingerprintKey } from '../secrets/fingerprint.js';
import { publicSealingKeys } from '../secrets/sealing-keys.js';
import { makeEngineKeys } from '../workers/engine-keys.js';
import { createLog } from '../workers/log.js';
import { openGateway } from '../workers/open-gateway.js';
import { startPayoutWorkers } from '../workers/payout-workers.js';
import { installRuntime } from '../workers/runtime.js';
import { ensureSearchAttributes } from '../workers/search-attributes.js';

/** The engine as a scenario sees it. */
export interface Engine {
  readonly client: PayoutClient;
  readonly journal: Journal;
  readonly gatewayUrl: string;
  readonly fingerprintKey: FingerprintKey;
}

export interface ConformanceEngine extends Engine {
  stop(): Promise<void>;
}

/** By default the server may fire timers, and so polls, up to a second late. */
const PROMPT_TIMERS = { 'history.timerProcessorMaxTimeShift': '10ms' };

/** An address for a gateway that is not there yet: providers must know it before accounts can be made. */
export interface GatewayAddress extends HeldPort {
  readonly url: string;
}

export async function reserveGateway(): Promise<GatewayAddress> {
  const held = await holdPort('127.0.0.1');
  return { ...held, url: `http://127.0.0.1:${held.port}` };
}

/**
 * The real engine on this machine, nothing kept: Temporal's dev server, workers, journal, gateway. Accounts come as
 * adapters, so that a provider need not be registered to be held to the suite.
 */
export async function startEngine(options: {
  readonly accounts: ReadonlyMap<AccountId, EngineAccount>;
  readonly gateway: GatewayAddress;
  /** Gets the engine's log lines. */
  readonly logFile: string;
  /** An empty PostgreSQL database for the journal. @default one in this process */
  readonly databaseUrl?: string | undefined;
}): Promise<ConformanceEngine> {
  const { accounts, gateway: at, logFile, databaseUrl } = options;
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of stops.splice(0).reverse()) await step().catch(() => undefined);
  };
  try {
    const log = createLog({ level: 'warn', file: logFile });
    installRuntime(log);
    // Never somebody's server: the scenarios would be led by workers that know none of these accounts.
    const found = await findTemporal({ ...readTemporalSearch(), address: undefined });
    if (found.kind === 'address') throw new Error('A conformance run starts a Temporal server of its own.');
    const server = await startTemporalServer({ binary: found.path, dynamicConfig: PROMPT_TIMERS });
    stops.push(() => server.stop());
    const journal = await openJournal(
      databaseUrl === undefined
        ? { kind: 'pglite', cacheDir: readCacheDir() }
        : { kind: 'postgres', url: databaseUrl },
    );
    stops.push(() => journal.close());
    const connection = await NativeConnection.connect({ address: server.address });
    stops.push(() => connection.close());
    const namespace = 'default';
    await ensureSearchAttributes(connection, namespace);
    const { payloadKeys, ...keys } = await makeEngineKeys();
    const workers = await startPayoutWorkers({
      connection,
      namespace,
      deps: { journal, accounts, ...keys, publicUrl: at.url },
      payloadKeys,
      callsPerSecond: new Map(),
      shutdownGraceMs: 5_000,
    });
    stops.push(() => workers.stop());
    const { gateway, client } = await openGateway({
      connection,
      namespace,
      journal,
      accounts,
      keys: {
        sealingPublicKeys: publicSealingKeys(keys.sealingKeys),
        payloadKeys,
        fingerprintKey: keys.fingerprintKey,
      },
      log,
      publicUrl: at.url,
    });
    stops.push(() => gateway.close());
    await at.release();
    await gateway.listen({ host: '127.0.0.1', port: at.port });
    return { client, journal, gatewayUrl: at.url, fingerprintKey: keys.fingerprintKey, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
