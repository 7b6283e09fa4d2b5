import { PayoutInvalidError } from '../client/errors.js';
import type { AccountId, MerchantId } from '../domain/ids.js';
import type { PayoutProvider } from '../providers/port.js';
import type { GatewayDeps } from './deps.js';

type Accounts = Pick<GatewayDeps, 'providers' | 'mayUse'>;

/** The accounts that a merchant may use; all of them without one. */
export function usableAccounts({ providers, mayUse }: Accounts, merchant?: MerchantId): PayoutProvider[] {
  return [...providers.values()].filter(
    ({ account }) => merchant === undefined || (mayUse?.(merchant, account) ?? true),
  );
}

/** @throws PayoutInvalidError that names the accounts which can be used */
export function usableAccount(
  accounts: Accounts,
  { merchant, account }: { readonly merchant: MerchantId; readonly account: AccountId },
): PayoutProvider {
  const usable = usableAccounts(accounts, merchant);
  const found = usable.find((provider) => provider.account === account);
  if (found) return found;
  const names = usable.map((provider) => provider.account).join(', ');
  const remedy = names === '' ? 'No account is configured for this merchant.' : `Use one of: ${names}.`;
  throw new PayoutInvalidError([{ field: 'account', problem: 'is not an account that can be used', remedy }]);
}
