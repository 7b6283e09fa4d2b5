import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPayoutClient, type PayoutClient } from '../../client/index.js';
import { ROLES } from '../../domain/roles.js';
import { freePort } from '../../embedded/free-port.js';
import { startTemporalServer, type TemporalServer } from '../../embedded/temporal-server.js';
import { openJournal } from '../../journal/open-journal.js';
import type { Journal } from '../../journal/port.js';
import type { PayloadKeys } from '../../secrets/payload-keys.js';
import { publicSealingKeys, type SealingKeys } from '../../secrets/sealing-keys.js';
import type { TestPostgres } from '../../test/support/postgres.js';
import type { SwitchableServer } from '../../test/support/switchable-server.js';
import { makeEngineKeys } from '../../workers/engine-keys.js';
import type { RunningSimulator } from '../../workers/simulated/start-simulators.js';
import { openDutyPhone, type DutyPhone } from '../actors/duty-phone.js';
import { openFrontDoor, type FrontDoor } from '../network/front-door.js';
import { startJournalProxy, type JournalProxy } from '../network/journal-proxy.js';
import { createWitness, type Witness } from '../network/witness.js';
import type { Chance } from '../plan/chance.js';
import { superviseProcess, type EngineProcess } from './engine-process.js';
import { startProviders } from './start-providers.js';
import { watchTemporal } from './watch-temporal.js';

/** The engine as in production, each part a process of its own, with every way between them in our hands. */
export interface Stage {
  readonly workers: readonly [EngineProcess, EngineProcess];
  readonly gateway: EngineProcess;
  readonly temporal: TemporalPart;
  readonly journalWay: JournalProxy;
  readonly providerWays: readonly SwitchableServer[];
  readonly frontDoor: FrontDoor;
  readonly witness: Witness;
  readonly dutyPhone: DutyPhone;
  readonly simulators: readonly RunningSimulator[];
  /** Past the proxies: what is true, whatever the engine can see at the moment. */
  readonly journal: Journal;
  readonly databaseUrl: string;
  /** To Temporal, as a back end has it. */
  readonly client: PayoutClient;
  readonly gatewayUrl: string;
  readonly operatorKey: string;
  readonly sealingKeys: SealingKeys;
  readonly payloadKeys: PayloadKeys;
  readonly directory: string;
  /** Of PostgreSQL: the journal as it lies on the disk. */
  readonly journalFiles: string;
  /** Where each worker shows its metrics. */
  readonly metricsUrls: readonly string[];
  /** Everything that opens something, by what it is. */
  readonly credentials: Readonly<Record<string, string>>;
  /** From here on nothing happens on the ways any more. */
  calm(): void;
  isCalm(): boolean;
}

/** A Temporal server that can be killed and comes back with all that it knew. */
export interface TemporalPart {
  readonly address: string;
  pid(): number;
  kill(downMs: number): Promise<void>;
  /** How often it ran and did not work, and so was started again. */
  readonly hangs: number;
}

export type EngineCommand = 'worker' | 'gateway';

export interface StageOptions {
  readonly postgres: TestPostgres;
  readonly temporalBinary: string;
  readonly directory: string;
  readonly chance: Chance;
  /** What Node runs as a worker or a gateway: the product's own command, or something in its place. */
  readonly commandOf: (command: EngineCommand) => readonly string[];
  /** Called with each part that was started; to be ended in reverse. */
  readonly onStop: (stop: () => Promise<unknown>) => void;
}

export async function startStage(options: StageOptions): Promise<Stage> {
  const { postgres, directory, chance, commandOf, onStop } = options;
  let calm = false;
  const isHostile = (): boolean => !calm;

  const temporal = await startTemporal(options);
  const gatewayPort = await freePort('127.0.0.1');
  const gateway = new URL(`http://127.0.0.1:${gatewayPort}`);
  const frontDoor = await openFrontDoor({ gateway, chance, isHostile });
  onStop(() => frontDoor.close());

  const witness = createWitness();
  const killWorkers = async (): Promise<void> => {
    const killed = await Promise.all(workers.map((worker) => worker.kill(500)));
    witness.kill(killed.filter(Boolean).length);
  };
  const dutyPhone = await openDutyPhone(chance, isHostile);
  onStop(() => dutyPhone.close());
  const providers = await startProviders({
    ...{ directory, onStop, chance, isHostile, killWorkers },
    callbacksTo: frontDoor.url,
    onRequest: (message) => witness.request(message),
    onFault: () => witness.fault(),
  });

  const database = new URL(postgres.url);
  const journalWay = await startJournalProxy(Number(database.port));
  onStop(() => journalWay.down());
  const journal = await openJournal({ kind: 'postgres', url: postgres.url });
  onStop(() => journal.close());
  const { secret: operatorKey } = await journal.apiKeys.add(
    { name: 'chaos', roles: ROLES },
    { actor: 'engine' },
  );

  const keys = await makeEngineKeys();
  const publicKeys = publicSealingKeys(keys.sealingKeys);
  const client = await createPayoutClient({
    address: temporal.address,
    sealing: { publicKeys },
    fingerprintKey: keys.fingerprintKey,
    payloadKeys: keys.payloadKeys,
    oneTimeSecrets: { gatewayUrl: gateway.origin, apiKey: operatorKey },
    callTimeoutMs: 15_000,
  });
  onStop(() => client.close());

  database.port = String(journalWay.port);
  const env = {
    PATH: process.env['PATH'] ?? '',
    ...providers.variables,
    TEMPORAL_ADDRESS: temporal.address,
    PAYOUTS_DATABASE_URL: database.href,
    PAYOUTS_ACCOUNTS: providers.accountsFile,
    PAYOUTS_PAYLOAD_KEYS: JSON.stringify(keys.payloadKeys),
    PAYOUTS_FINGERPRINT_KEY: Buffer.from(keys.fingerprintKey).toString('base64'),
    PAYOUTS_PUBLIC_URL: frontDoor.url,
  };
  const supervise = (name: string, command: EngineCommand, more: Record<string, string>) => {
    const process = superviseProcess({
      name,
      args: commandOf(command),
      env: { ...env, ...more },
      logFile: join(directory, `${name}.log`),
      ready: /(Worker|Gateway) started/,
    });
    onStop(() => process.stop());
    return process;
  };
  const metricsAt = [await freePort('127.0.0.1'), await freePort('127.0.0.1')] as const;
  const worker = (number: number, metricsPort: number): EngineProcess =>
    supervise(`worker-${number}`, 'worker', {
      PAYOUTS_SEALING_KEYS: JSON.stringify(keys.sealingKeys),
      PAYOUTS_METRICS_ADDRESS: `127.0.0.1:${metricsPort}`,
    });
  const workers = [worker(1, metricsAt[0]), worker(2, metricsAt[1])] as const;
  const gatewayProcess = supervise('gateway', 'gateway', {
    PAYOUTS_SEALING_PUBLIC_KEY: JSON.stringify(publicKeys),
    PAYOUTS_GATEWAY_PORT: String(gatewayPort),
    PAYOUTS_HOOK_URL: dutyPhone.url,
    PAYOUTS_HOOK_ALLOW_PRIVATE: 'true',
    PAYOUTS_HOOK_SECRET: dutyPhone.secret,
  });
  await Promise.all([...workers, gatewayProcess].map((process) => process.ready()));

  return {
    ...{
      workers,
      gateway: gatewayProcess,
      temporal,
      journalWay,
      frontDoor,
      witness,
      dutyPhone,
      journal,
      client,
    },
    ...{ operatorKey, directory, sealingKeys: keys.sealingKeys, payloadKeys: keys.payloadKeys },
    providerWays: providers.ways,
    simulators: providers.simulators,
    databaseUrl: postgres.url,
    gatewayUrl: gateway.origin,
    journalFiles: postgres.data,
    metricsUrls: metricsAt.map((port) => `http://127.0.0.1:${port}`),
    credentials: {
      ...providers.credentials,
      operatorKey,
      fingerprintKey: env.PAYOUTS_FINGERPRINT_KEY,
      hookSecret: dutyPhone.secret,
      ...Object.fromEntries(keys.payloadKeys.keys.map(({ kid, k }) => [`payload key ${kid}`, k])),
      ...Object.fromEntries(keys.sealingKeys.keys.map(({ kid, d }) => [`sealing key ${kid}`, d ?? ''])),
    },
    calm: () => void (calm = true),
    isCalm: () => calm,
  };
}

async function startTemporal({ temporalBinary, directory, onStop }: StageOptions): Promise<TemporalPart> {
  const serve = (port?: number): Promise<TemporalServer> =>
    startTemporalServer({
      binary: temporalBinary,
      dbFile: join(directory, 'temporal.db'),
      logFile: join(directory, 'temporal.log'),
      port,
    });
  let server = await serve();
  let restarting = Promise.resolve();
  const { address } = server;
  const port = Number(address.split(':').at(-1));
  const kill = (downMs: number): Promise<void> => {
    restarting = restarting.then(async () => {
      await server.kill();
      await sleep(downMs);
      server = await serve(port);
    });
    return restarting;
  };
  const watch = watchTemporal(address, () => kill(0));
  onStop(async () => {
    watch.stop();
    await restarting;
    await server.stop();
  });
  return {
    ...{ address, kill },
    pid: () => server.pid,
    get hangs() {
      return watch.hangs;
    },
  };
}
