import { PayoutInvalidError } from '../client/errors.js';
import type { AccountId, MerchantId } from '../domain/ids.js';
import type { Provider, ProviderKind, ProviderOf } from '../providers/provider.js';
import type { GatewayDeps } from './deps.js';

type Accounts = Pick<GatewayDeps, 'providers' | 'mayUse'>;

const WORDS = {
  payout: 'pays people and takes no payments',
  payment: 'takes payments and pays nobody',
} as const;

/** The accounts that a merchant may use; all of them without one. */
export function usableAccounts({ providers, mayUse }: Accounts, merchant?: MerchantId): Provider[] {
  return [...providers.values()].filter(
    ({ account }) => merchant === undefined || (mayUse?.(merchant, account) ?? true),
  );
}

/** @throws PayoutInvalidError that names the accounts which can be used */
export function usableAccount<Kind extends ProviderKind>(
  accounts: Accounts,
  { merchant, account }: { readonly merchant: MerchantId; readonly account: AccountId },
  kind: Kind,
): ProviderOf<Kind> {
  const usable = usableAccounts(accounts, merchant);
  const found = usable.find((provider) => provider.account === account);
  if (found?.kind === kind) return found as ProviderOf<Kind>;
  const names = usable.filter((provider) => provider.kind === kind).map((provider) => provider.account);
  const remedy =
    names.length === 0 ? 'No account is configured for this merchant.' : `Use one of: ${names.join(', ')}.`;
  const problem = found ? WORDS[found.kind] : 'is not an account that can be used';
  throw new PayoutInvalidError([{ field: 'account', problem, remedy }]);
}
