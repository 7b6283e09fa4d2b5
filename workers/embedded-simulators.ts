import { join } from 'node:path';
import { startAll2paySimulator, type All2paySimulatorOptions, type Timings } from '../simulators/index.js';

export interface RunningSimulator {
  /** What an account's `baseUrl` says. */
  readonly baseUrl: string;
  /** Its control door is under `/sim/`. */
  readonly controlUrl: string;
  close(): Promise<void>;
}

/** The credentials that `examples/accounts*.yaml` refer to. They open nothing but the simulator. */
const VARIABLES = {
  ACME_A2P_PASSWORD: 'simulated-password-1',
  ACME_A2P_CALLBACK_SECRET: 'simulated-callback-secret',
  ACME_A2P_POLL_PASSWORD: 'simulated-password-2',
} as const;

/** Stored cards that the provider already knows, for the examples. */
const STORED_CARDS = {
  'bind-anna-0004': { pan: '2200000000000004', clientId: 'anna' },
  'bind-oleg-0012': { pan: '2200000000000012', clientId: 'oleg' },
} as const;

/** Minutes become seconds, so that a demonstration shows every ending while one watches. */
const DEMO_TIMINGS: Partial<Timings> = {
  hangMs: 3_000,
  notFoundMs: 3_000,
  pendingMs: 3_000,
  sessionSecondMs: 60,
};

export interface EmbeddedSimulators {
  readonly running: readonly RunningSimulator[];
  /** What the accounts file's references find: where the simulators are, and their credentials. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The providers' side of an embedded engine. With a data directory their ledgers outlive the process. */
export async function startSimulators(options: {
  readonly gatewayUrl: string;
  readonly dataDir?: string | undefined;
  readonly port?: number | undefined;
  readonly timings: 'demo' | 'real';
  /** Anything else the simulator can be told; wins over `timings`. */
  readonly simulator?: Partial<All2paySimulatorOptions> | undefined;
}): Promise<EmbeddedSimulators> {
  const { gatewayUrl, dataDir, port = 0, timings, simulator } = options;
  const all2pay = await startAll2paySimulator({
    port,
    ...(dataDir === undefined ? {} : { ledgerFile: join(dataDir, 'all2pay-simulator.jsonl') }),
    ...(timings === 'demo' ? { timings: DEMO_TIMINGS } : {}),
    bindings: STORED_CARDS,
    callbacks: { repeatMs: 2_000 },
    logins: {
      'acme-api': {
        password: VARIABLES.ACME_A2P_PASSWORD,
        callback: {
          url: `${gatewayUrl}/callbacks/acme-a2p`,
          secret: VARIABLES.ACME_A2P_CALLBACK_SECRET,
        },
      },
      'acme-poll-api': { password: VARIABLES.ACME_A2P_POLL_PASSWORD },
    },
    ...simulator,
  });
  return { running: [all2pay], variables: { ...VARIABLES, ALL2PAY_BASE_URL: all2pay.baseUrl } };
}
