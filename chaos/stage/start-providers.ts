import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SwitchableServer } from '../../test/support/switchable-server.js';
import { startSimulators, type RunningSimulator } from '../../workers/simulated/start-simulators.js';
import { startProviderProxy, type ProviderProxyOptions } from '../network/provider-proxy.js';
import { engineAccounts, simulatedAccounts } from './accounts.js';

/** All simulators, each behind a way of its own, and the engine's accounts at the ends of these ways. */
export interface Providers {
  readonly simulators: readonly RunningSimulator[];
  readonly ways: readonly SwitchableServer[];
  readonly accountsFile: string;
  /** The same with one account alone, for a worker that is up sooner. */
  accountsFileOf(account: string): string;
  /** What the accounts file refers to. */
  readonly variables: Readonly<Record<string, string>>;
  /** Those of them that open something at a provider. */
  readonly credentials: Readonly<Record<string, string>>;
}

export interface ProvidersOptions extends Omit<ProviderProxyOptions, 'target'> {
  readonly directory: string;
  /** The gateway's address, as the providers know it. */
  readonly callbacksTo: string;
  readonly onStop: (stop: () => Promise<unknown>) => void;
}

const CREDENTIAL = /_(PASSWORD|SECRET|CONTROL|KEY)$/;

export async function startProviders(options: ProvidersOptions): Promise<Providers> {
  const { directory, callbacksTo, onStop, ...hostility } = options;
  const simulatedFile = join(directory, 'simulated-accounts.yaml');
  writeFileSync(simulatedFile, simulatedAccounts());
  const { running, accounts, variables } = await startSimulators({
    accountsFile: simulatedFile,
    gatewayUrl: callbacksTo,
    timings: 'real',
  });
  for (const simulator of running) onStop(() => simulator.close());
  const wayTo = new Map<string, SwitchableServer>();
  for (const { baseUrl } of running) {
    const target = new URL(baseUrl);
    const way = await startProviderProxy({ target, ...hostility });
    onStop(() => way.down());
    wayTo.set(target.port, way);
  }
  const baseUrls = new Map(
    accounts.map(({ account, settings }) => {
      const url = new URL((settings as { readonly baseUrl: string }).baseUrl);
      url.port = String(wayTo.get(url.port)?.port);
      return [account, url.href.replace(/\/$/, '')];
    }),
  );
  const accountsFile = join(directory, 'accounts.yaml');
  writeFileSync(accountsFile, engineAccounts(baseUrls));
  return {
    ...{ simulators: running, ways: [...wayTo.values()], accountsFile, variables },
    credentials: Object.fromEntries(Object.entries(variables).filter(([name]) => CREDENTIAL.test(name))),
    accountsFileOf(account) {
      const file = join(directory, `accounts-${account}.yaml`);
      // Once: the worker of another trial may be reading it.
      if (!existsSync(file)) writeFileSync(file, engineAccounts(baseUrls, account));
      return file;
    },
  };
}
