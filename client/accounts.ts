import { AccountNotFoundError, PayoutInvalidError } from './errors.js';
import { inquire, unexpected } from './inquiries.js';
import type { TemporalCalls } from './temporal-calls.js';
import type { AccountId } from '../domain/ids.js';
import type { BalanceAnswer } from '../domain/provider-answer.js';
import { accountParamsSchema } from '../schemas/accounts.js';
import { toProblems } from '../schemas/problems.js';

/** What can be asked about a configured account. Its workers ask the provider, so they must be running. */
export interface AccountsClient {
  /**
   * Is the provider there, and does it know us? In words.
   *
   * @throws AccountNotFoundError · EngineUnavailableError if no worker serves the account
   */
  ping(account: string): Promise<{ readonly ok: boolean; readonly words: string }>;
  /**
   * What the account holds at the provider, in minor units; `not_sent` and `unknown` where the provider gave no answer.
   *
   * @throws CapabilityLackingError in the provider's words, if it cannot tell · AccountNotFoundError
   */
  balance(account: string): Promise<BalanceAnswer>;
}

export function accountsClient(calls: TemporalCalls): AccountsClient {
  return {
    async ping(account) {
      const result = await inquire(calls, { ask: 'ping', account: idOf(account) });
      if (result.kind === 'ping') return { ok: result.ok, words: result.words };
      throw result.kind === 'not_found' ? new AccountNotFoundError(result.words) : unexpected(result);
    },
    async balance(account) {
      const result = await inquire(calls, { ask: 'balance', account: idOf(account) });
      if (result.kind === 'balance') return result.answer;
      throw result.kind === 'not_found' ? new AccountNotFoundError(result.words) : unexpected(result);
    },
  };
}

function idOf(account: string): AccountId {
  const parsed = accountParamsSchema.safeParse({ account });
  if (!parsed.success) throw new PayoutInvalidError(toProblems(parsed.error));
  return parsed.data.account;
}
