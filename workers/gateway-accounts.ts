import type { EngineAccount } from '../activities/deps.js';
import type { AccountId, MerchantId } from '../domain/ids.js';
import type { PayoutProvider } from '../providers/port.js';

/** The accounts as the gateway needs them: to check requests, to read callbacks. */
export function gatewayAccounts(accounts: ReadonlyMap<AccountId, EngineAccount>): {
  providers: ReadonlyMap<AccountId, PayoutProvider>;
  mayUse(merchant: MerchantId, account: AccountId): boolean;
} {
  return {
    providers: new Map([...accounts].map(([account, { provider }]) => [account, provider])),
    mayUse: (merchant, account) =>
      accounts.get(account)?.merchants?.includes(merchant) ?? accounts.has(account),
  };
}
