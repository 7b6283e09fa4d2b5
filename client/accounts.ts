import { AccountNotFoundError, PayoutInvalidError } from './errors.js';
import { inquire, unexpected, type Answered } from './inquiries.js';
import type { TemporalCalls } from './temporal-calls.js';
import type { AccountId, PayoutKey } from '../domain/ids.js';
import type { BalanceAnswer, ListAnswer, RegistryLine, StatementLine } from '../domain/provider-answer.js';
import type { TimeSpan } from '../domain/time-span.js';
import type { Told } from '../domain/told.js';
import { accountParamsSchema } from '../schemas/accounts.js';
import { toProblems } from '../schemas/problems.js';
import { timeSpanSchema } from '../schemas/time-span.js';

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
  /**
   * How the account's provider says that a payout stands now, for a person. It is asked, and nothing else happens: not
   * even a proof is written down.
   *
   * @throws CapabilityLackingError where nothing was sent that could be asked about · EngineUnavailableError
   */
  orderStatus(account: string, key: PayoutKey): Promise<Told>;
  /**
   * The movements on the account, in the provider's words where it has some; `not_sent` and `unknown` as above.
   *
   * @throws CapabilityLackingError · AccountNotFoundError · PayoutInvalidError if the span is none, or too long
   */
  statement(account: string, span: TimeSpan): Promise<ListAnswer<StatementLine>>;
  /** The orders as the provider has them: for reconciliation. Throws as `statement` does. */
  registry(account: string, span: TimeSpan): Promise<ListAnswer<RegistryLine>>;
}

export function accountsClient(calls: TemporalCalls): AccountsClient {
  return {
    async ping(account) {
      const result = await inquire(calls, { ask: 'ping', account: accountIdOf(account) });
      if (result.kind === 'ping') return { ok: result.ok, words: result.words };
      throw otherwise(result);
    },
    async balance(account) {
      const result = await inquire(calls, { ask: 'balance', account: accountIdOf(account) });
      if (result.kind === 'balance') return result.answer;
      throw otherwise(result);
    },
    async orderStatus(account, key) {
      const result = await inquire(calls, { ask: 'order_status', account: accountIdOf(account), key });
      if (result.kind === 'order_status') return result.told;
      throw otherwise(result);
    },
    async statement(account, span) {
      const result = await inquire(calls, {
        ask: 'statement',
        account: accountIdOf(account),
        span: parseTimeSpan(span),
      });
      if (result.kind === 'statement') return result.answer;
      throw otherwise(result);
    },
    async registry(account, span) {
      const result = await inquire(calls, {
        ask: 'registry',
        account: accountIdOf(account),
        span: parseTimeSpan(span),
      });
      if (result.kind === 'registry') return result.answer;
      throw otherwise(result);
    },
  };
}

export function otherwise(result: Answered): Error {
  if (result.kind === 'not_found') return new AccountNotFoundError(result.words);
  if (result.kind !== 'too_much') return unexpected(result);
  const remedy = 'Ask for a shorter time.';
  return new PayoutInvalidError([{ field: 'to', problem: result.words, remedy }]);
}

export function accountIdOf(account: string): AccountId {
  const parsed = accountParamsSchema.safeParse({ account });
  if (!parsed.success) throw new PayoutInvalidError(toProblems(parsed.error));
  return parsed.data.account;
}

export function parseTimeSpan(span: TimeSpan): TimeSpan {
  const parsed = timeSpanSchema.safeParse(span);
  if (!parsed.success) throw new PayoutInvalidError(toProblems(parsed.error));
  return parsed.data;
}
