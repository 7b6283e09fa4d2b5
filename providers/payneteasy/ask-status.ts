import type { StatusAnswer } from '../../domain/provider-answer.js';
import type { Account } from './account.js';
import { interpretStatus } from './interpret-status.js';
import type { Expected } from './reading.js';
import { statusBody } from './requests.js';
import { withRetryAfter } from '../retry-after.js';

/** One question about one order (Payneteasy §6.5). */
export async function askStatus(
  account: Account,
  expected: Expected,
  withheld: readonly string[],
  signal: AbortSignal,
): Promise<StatusAnswer> {
  const { config, exchange, now } = account;
  const http = await exchange.status(statusBody(expected, config), signal);
  return withRetryAfter(interpretStatus(http, { ...account.reading(withheld), expected }), http, now());
}
