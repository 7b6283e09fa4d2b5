import { isDeepStrictEqual } from 'node:util';
import type { AccountConfig } from '../../config/account-entry.js';
import type { SimulatedProvider } from './simulated-provider.js';

/** Accounts that one simulator can serve. */
export interface SimulatorGroup {
  readonly provider: SimulatedProvider;
  readonly accounts: readonly [AccountConfig, ...AccountConfig[]];
  /** No account asks for anything that a whole server must have. */
  readonly ordinary: boolean;
}

/**
 * As few simulators as possible: accounts of one provider share one, and so a ledger, unless they differ in what holds
 * for a whole server or use the same login differently. The ordinary ones come first.
 */
export function groupsOf(
  accounts: readonly AccountConfig[],
  providers: readonly SimulatedProvider[],
  gatewayUrl: string,
): readonly SimulatorGroup[] {
  const groups: (SimulatorGroup & { readonly accounts: [AccountConfig, ...AccountConfig[]] })[] = [];
  for (const account of accounts) {
    const provider = providers.find(({ name }) => name === account.provider);
    if (!provider || !isSimulated(account, provider)) continue;
    const group = groups.find((one) => one.provider === provider && canJoin(account, one, gatewayUrl));
    if (group) group.accounts.push(account);
    else groups.push({ provider, accounts: [account], ordinary: isEmpty(provider.serverOf(account)) });
  }
  return groups.sort((a, b) => Number(b.ordinary) - Number(a.ordinary));
}

function isSimulated(account: AccountConfig, { placeholderUrl }: SimulatedProvider): boolean {
  return account.simulator !== undefined || baseUrlOf(account) === placeholderUrl;
}

function canJoin(
  account: AccountConfig,
  { provider, accounts }: SimulatorGroup,
  gatewayUrl: string,
): boolean {
  if (!isDeepStrictEqual(provider.serverOf(account), provider.serverOf(accounts[0]))) return false;
  const mine = provider.clientOf(account, gatewayUrl);
  return accounts.every((other) => {
    const theirs = provider.clientOf(other, gatewayUrl);
    return mine.login !== theirs.login || isDeepStrictEqual(mine.facts, theirs.facts);
  });
}

function isEmpty(options: object): boolean {
  return Object.keys(options).length === 0;
}

function baseUrlOf({ settings }: AccountConfig): unknown {
  return typeof settings === 'object' && settings !== null && 'baseUrl' in settings
    ? settings.baseUrl
    : undefined;
}
