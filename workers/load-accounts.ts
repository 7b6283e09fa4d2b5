import type { EngineAccount } from '../activities/deps.js';
import type { AccountConfig, SimulatorUse } from '../config/account-entry.js';
import { readAccounts } from '../config/accounts.js';
import { addressTest } from '../config/address-list.js';
import { ConfigError, type ConfigProblem } from '../config/config-error.js';
import type { AccountId } from '../domain/ids.js';
import type { Provider } from '../providers/provider.js';
import type { ProviderDeps } from '../providers/registration.js';
import { providerNamed } from '../providers/registry.js';
import { ACCOUNT_PROTOCOLS } from './account-protocols.js';

export interface LoadedAccounts {
  readonly accounts: ReadonlyMap<AccountId, EngineAccount>;
  readonly callsPerSecond: ReadonlyMap<AccountId, number>;
  /** May a callback for this account come from there? */
  readonly mayCallBack: (account: AccountId, address: string) => boolean;
}

/**
 * Every configured account with its provider, ready to be called.
 *
 * @throws ConfigError with every problem of the accounts file
 */
export function loadAccounts(file: string, deps: ProviderDeps, env?: NodeJS.ProcessEnv): LoadedAccounts {
  return openAccounts(readAccountConfigs(file, { env }), deps);
}

/** @throws ConfigError with every problem of the accounts file */
export function readAccountConfigs(
  file: string,
  options: { readonly env?: NodeJS.ProcessEnv | undefined; readonly simulators?: SimulatorUse | undefined },
): readonly AccountConfig[] {
  return readAccounts({ file, protocols: ACCOUNT_PROTOCOLS, ...options });
}

/** @throws ConfigError if a provider cannot work with settings that its schema let pass: a key that does not open */
export function openAccounts(configs: readonly AccountConfig[], deps: ProviderDeps): LoadedAccounts {
  const accounts = new Map<AccountId, EngineAccount>();
  const callsPerSecond = new Map<AccountId, number>();
  const senders = new Map<AccountId, (address: string) => boolean>();
  const problems: ConfigProblem[] = [];
  for (const config of configs) {
    const { account, merchants, reviewPoll, callbackIps } = config;
    try {
      accounts.set(account, { provider: open(config, deps), merchants, reviewPoll });
    } catch (error) {
      problems.push(problemOf(account, error));
    }
    if (config.callsPerSecond !== undefined) callsPerSecond.set(account, config.callsPerSecond);
    if (callbackIps) senders.set(account, addressTest(callbackIps));
  }
  if (problems.length > 0) throw new ConfigError(problems);
  const mayCallBack: LoadedAccounts['mayCallBack'] = (account, address) =>
    senders.get(account)?.(address) ?? true;
  return { accounts, callsPerSecond, mayCallBack };
}

function open({ account, provider: name, settings }: AccountConfig, deps: ProviderDeps): Provider {
  const registration = providerNamed(name);
  // The accounts file was read by the same registry.
  if (!registration) throw new Error(`there is no provider ${name}`);
  return registration.create(account, settings, deps);
}

function problemOf(account: AccountId, error: unknown): ConfigProblem {
  return {
    where: `accounts.${account}.settings`,
    problem: error instanceof Error ? error.message.replace(/\s+/g, ' ').replace(/\.$/, '') : String(error),
    remedy: 'Mend this account in the accounts file.',
  };
}
