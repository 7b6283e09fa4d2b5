import type { ActivityDeps, EngineAccount } from './deps.js';
import type { AccountId, MerchantId } from '../domain/ids.js';
import type { Problem } from '../domain/problem.js';

interface AccountUse {
  readonly account: AccountId;
  readonly merchant: MerchantId;
}

/** May this merchant use this account? */
export function mayUse({ merchants }: EngineAccount, merchant: MerchantId): boolean {
  return !merchants || merchants.includes(merchant);
}

/** The account, if there is one of this name that the merchant may use. */
export function accountFor(
  { accounts }: Pick<ActivityDeps, 'accounts'>,
  { account, merchant }: AccountUse,
): EngineAccount | undefined {
  const found = accounts.get(account);
  return found && mayUse(found, merchant) ? found : undefined;
}

/** What to tell a merchant who names an account that is not there, or not theirs. */
export function unknownAccount(
  { accounts }: Pick<ActivityDeps, 'accounts'>,
  { account, merchant }: AccountUse,
): Problem {
  const usable = [...accounts].filter(([, found]) => mayUse(found, merchant)).map(([id]) => id);
  return {
    field: 'account',
    problem: `there is no account ${account} that ${merchant} may pay from`,
    remedy:
      usable.length > 0
        ? `Use one of: ${usable.join(', ')}`
        : `Configure one for ${merchant} in the accounts file`,
  };
}
