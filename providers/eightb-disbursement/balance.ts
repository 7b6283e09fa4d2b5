import { z } from 'zod';
import type { BalanceAnswer } from '../../domain/provider-answer.js';
import type { HttpAnswer } from '../http-call.js';
import type { BalanceReading } from '../port.js';
import type { Account } from './account.js';
import { minorOf } from './amount.js';
import { refusedRead } from './list-answer.js';
import { unknown, type Reading } from './reading.js';
import { balanceFields, signedBody } from './requests.js';
import { withRetryAfter } from '../retry-after.js';
import { parseXml } from './xml.js';

/** What is there for payouts, in the account's currency (8b Disbursement §5.3). */
export function createBalance(account: Account): BalanceReading {
  const { config, exchange, now } = account;
  return {
    async read(signal) {
      const body = signedBody('balance', balanceFields(config, now()), config);
      const http = await exchange.post('balance', body, signal);
      return withRetryAfter(interpretBalance(http, account.reading([]), now()), http, now());
    },
  };
}

const answer = z.strictObject({ response: z.object({ balance: z.string() }) });

function interpretBalance(http: HttpAnswer, reading: Reading, now: number): BalanceAnswer {
  if (http.kind !== 'response') return http;
  const refused = refusedRead(http, 'balance', reading);
  if (refused !== undefined) return refused;
  const currency = reading.config.currency;
  const read = answer.safeParse(parseXml(http.body));
  const availableMinor = read.success ? minorOf(read.data.response.balance, currency) : undefined;
  if (availableMinor === undefined) {
    return unknown('unreadable_balance', 'The answer holds no balance that we can read');
  }
  return { kind: 'answered', balances: [{ currency, availableMinor }], at: new Date(now).toISOString() };
}
