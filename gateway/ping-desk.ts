import type { AccountsClient } from '../client/accounts.js';
import type { AccountId } from '../domain/ids.js';

type Answer = Awaited<ReturnType<AccountsClient['ping']>>;

/** How long an answer is good for everyone who asks. */
const FRESH_MS = 5_000;

/**
 * Asks each provider at most once in five seconds, however many ask: a ping counts against the account's rate limit,
 * which payouts need more.
 */
export function createPingDesk(accounts: AccountsClient): (account: AccountId) => Promise<Answer> {
  const latest = new Map<AccountId, { readonly at: number; readonly answer: Promise<Answer> }>();
  return (account) => {
    const known = latest.get(account);
    if (known && performance.now() - known.at < FRESH_MS) return known.answer;
    const asked = { at: performance.now(), answer: accounts.ping(account) };
    latest.set(account, asked);
    asked.answer.catch(() => {
      if (latest.get(account) === asked) latest.delete(account);
    });
    return asked.answer;
  };
}
