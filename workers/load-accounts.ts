import type { EngineAccount } from '../activities/deps.js';
import { readAccounts } from '../config/accounts.js';
import type { AccountId } from '../domain/ids.js';
import { PROVIDERS, providerNamed } from '../providers/registry.js';
import type { Log } from './log.js';

export interface LoadedAccounts {
  readonly accounts: ReadonlyMap<AccountId, EngineAccount>;
  readonly callsPerSecond: ReadonlyMap<AccountId, number>;
}

/**
 * Every configured account with its provider, ready to be called.
 *
 * @throws ConfigError with every problem of the accounts file
 */
export function loadAccounts(file: string, log: Log, env?: NodeJS.ProcessEnv): LoadedAccounts {
  const protocols = Object.fromEntries(PROVIDERS.map((provider) => [provider.name, provider]));
  const configs = readAccounts({ file, protocols, ...(env ? { env } : {}) });
  const accounts = new Map<AccountId, EngineAccount>();
  const callsPerSecond = new Map<AccountId, number>();
  for (const { account, provider: name, merchants, settings, ...config } of configs) {
    const provider = providerNamed(name)?.create(account, settings, {
      onUnmapped: (answer) => log.warn('The provider said something we have no words for', answer),
    });
    if (!provider) continue;
    accounts.set(account, { provider, merchants });
    if (config.callsPerSecond !== undefined) callsPerSecond.set(account, config.callsPerSecond);
  }
  return { accounts, callsPerSecond };
}
