import type { ActivityDeps, EngineAccount } from './deps.js';
import type { AccountId, MerchantId } from '../domain/ids.js';
import type { Problem } from '../domain/problem.js';
import type { ProviderKind, ProviderOf } from '../providers/provider.js';

interface AccountUse {
  readonly account: AccountId;
  readonly merchant: MerchantId;
}

type Accounts = Pick<ActivityDeps, 'accounts'>;

/** May this merchant use this account? */
export function mayUse({ merchants }: EngineAccount, merchant: MerchantId): boolean {
  return !merchants || merchants.includes(merchant);
}

/** The account, if there is one of this name that the merchant may use. */
export function accountFor(
  { accounts }: Accounts,
  { account, merchant }: AccountUse,
): EngineAccount | undefined {
  const found = accounts.get(account);
  return found && mayUse(found, merchant) ? found : undefined;
}

/** The account's provider, if the account is one of this kind; whoever may use it. */
export function providerAt<Kind extends ProviderKind>(
  { accounts }: Accounts,
  account: AccountId,
  kind: Kind,
): ProviderOf<Kind> | undefined {
  const provider = accounts.get(account)?.provider;
  return provider?.kind === kind ? (provider as ProviderOf<Kind>) : undefined;
}

/** The same, if the merchant may use it. */
export function providerFor<Kind extends ProviderKind>(
  deps: Accounts,
  use: AccountUse,
  kind: Kind,
): ProviderOf<Kind> | undefined {
  return accountFor(deps, use) && providerAt(deps, use.account, kind);
}

const CAN = { payout: 'may pay from', payment: 'may take payments by' } as const;
const IS_ONE = {
  payout: 'pays people and takes no payments',
  payment: 'takes payments and pays nobody',
} as const;

/** What to tell a merchant who names an account that is not there, not theirs, or not for this. */
export function unusableAccount(deps: Accounts, use: AccountUse, kind: ProviderKind): Problem {
  const { account, merchant } = use;
  const usable = [...deps.accounts]
    .filter(([, found]) => found.provider.kind === kind && mayUse(found, merchant))
    .map(([id]) => id);
  const other = accountFor(deps, use)?.provider.kind;
  return {
    field: 'account',
    problem:
      other === undefined
        ? `there is no account ${account} that ${merchant} ${CAN[kind]}`
        : `${account} ${IS_ONE[other]}`,
    remedy:
      usable.length > 0
        ? `Use one of: ${usable.join(', ')}`
        : `Configure one for ${merchant} in the accounts file`,
  };
}
