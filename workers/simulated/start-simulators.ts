import { join } from 'node:path';
import type { AccountConfig } from '../../config/account-entry.js';
import { environmentWith } from '../../config/with-defaults.js';
import { all2paySimulated } from './all2pay.js';
import { eightbDisbursementSimulated } from './eightb-disbursement.js';
import { eightbPaySimulated } from './eightb-pay.js';
import { payneteasySimulated } from './payneteasy.js';
import { embeddedVariables } from './variables.js';
import { readAccountConfigs } from '../load-accounts.js';
import type { RunningSimulator, SimulatedProvider, SimulatorSite } from './simulated-provider.js';
import { groupsOf } from './groups.js';

export type { BookedPayment, BookedPayout, RunningSimulator } from './simulated-provider.js';

/** Every provider that an embedded engine can play. */
const SIMULATED: readonly SimulatedProvider[] = [
  all2paySimulated,
  eightbDisbursementSimulated,
  eightbPaySimulated,
  payneteasySimulated,
];

export interface EmbeddedSimulatorsOptions extends Omit<SimulatorSite, 'port' | 'ledgerFile'> {
  readonly accountsFile: string;
  /** The ledgers' folder; they outlive the process. Absent: in memory. */
  readonly dataDir?: string | undefined;
  /** Of the first simulator. @default any free one */
  readonly port?: number | undefined;
}

export interface EmbeddedSimulators {
  /** The ordinary one, if any account uses it, then those with variants. */
  readonly running: readonly RunningSimulator[];
  /** All accounts, the simulated ones with their simulator's address for a base URL. */
  readonly accounts: readonly AccountConfig[];
  /** What the accounts file's references find: where the ordinary simulator is, and credentials. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * The providers' side of an embedded engine. Simulated is an account with a `simulator` block, and one whose base URL
 * refers to its provider's variable (`{ env: ALL2PAY_BASE_URL }`); the environment may point the latter elsewhere.
 *
 * @throws ConfigError with every problem of the accounts file
 */
export async function startSimulators(options: EmbeddedSimulatorsOptions): Promise<EmbeddedSimulators> {
  const { accountsFile, dataDir, port = options.overrides?.port ?? 0, ...site } = options;
  const accounts = readSimulatedAccounts(accountsFile);
  const running: RunningSimulator[] = [];
  const addresses = new Map<AccountConfig, string>();
  const variables: Record<string, string> = { ...embeddedVariables(accountsFile) };
  try {
    for (const group of groupsOf(accounts, SIMULATED, site.gatewayUrl)) {
      const { name, baseUrlVariable } = group.provider;
      const first = group.ordinary && variables[baseUrlVariable] === undefined;
      // By account: the same at the next start, whatever the variants are then.
      const ledger = `${name}-simulator${first ? '' : `-${group.accounts[0].account}`}.jsonl`;
      const simulator = await group.provider.start(group.accounts, {
        ...site,
        port: running.length === 0 ? port : 0,
        ledgerFile: dataDir === undefined ? undefined : join(dataDir, ledger),
      });
      running.push(simulator);
      if (first) variables[baseUrlVariable] = simulator.baseUrl;
      for (const account of group.accounts) addresses.set(account, simulator.baseUrl);
    }
  } catch (error) {
    await Promise.all(running.map((simulator) => simulator.close()));
    throw error;
  }
  return { running, variables, accounts: accounts.map((account) => atItsAddress(account, addresses)) };
}

/**
 * The accounts file as an embedded engine reads it, before there are simulators: where one will be, a base URL is a
 * placeholder. Placeholders win over what is set, because they show which accounts refer to a simulator at all.
 *
 * @throws ConfigError with every problem of the accounts file
 */
export function readSimulatedAccounts(file: string, env?: NodeJS.ProcessEnv): readonly AccountConfig[] {
  const placeholders: Record<string, string> = {};
  for (const { baseUrlVariable, placeholderUrl } of SIMULATED) placeholders[baseUrlVariable] = placeholderUrl;
  const found = environmentWith(embeddedVariables(file), env);
  return readAccountConfigs(file, { env: { ...found, ...placeholders }, simulators: 'run' });
}

function atItsAddress(account: AccountConfig, addresses: ReadonlyMap<AccountConfig, string>): AccountConfig {
  const own = addresses.get(account);
  if (own === undefined) return account;
  const variable = SIMULATED.find(({ name }) => name === account.provider)?.baseUrlVariable;
  const elsewhere = variable === undefined ? undefined : environmentWith({})[variable] || undefined;
  const baseUrl = account.simulator === undefined ? (elsewhere ?? own) : own;
  return { ...account, settings: { ...(account.settings as object), baseUrl } };
}
