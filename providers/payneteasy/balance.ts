import type { BalanceAnswer } from '../../domain/provider-answer.js';
import type { HttpAnswer } from '../http-call.js';
import type { BalanceReading, Lacking } from '../port.js';
import type { Account } from './account.js';
import { balancesIn } from './balance-answer.js';
import type { PayneteasyConfig } from './config.js';
import { endpoint } from './exchange.js';
import { formBody, type FormBody } from './form-body.js';
import { shortCode, unknown, wordsOf, type Reading } from './reading.js';
import { readAnswer } from './responses.js';
import { withRetryAfter } from '../retry-after.js';

const LACKING: Lacking = {
  lacking:
    "The balance must be enabled by the provider's support. Once it is, set balance in the accounts file: of: provider with the balanceProvider that support names, or of: merchant or manager",
};

/** `get-balance` in its three forms (Payneteasy §6.6). */
export function createBalance(account: Account): BalanceReading | Lacking {
  const { config, exchange, now } = account;
  const { balance } = config;
  if (balance === undefined) return LACKING;
  return {
    async read(signal) {
      const http = await exchange.balance(below(balance, config), bodyOf(balance), signal);
      return withRetryAfter(interpretBalance(http, balance, account.reading([]), now()), http, now());
    },
  };
}

type Asked = NonNullable<PayneteasyConfig['balance']>;

function below({ of }: Asked, config: PayneteasyConfig): string {
  return of === 'provider' ? endpoint(config) : `${of}/${config.login}`;
}

function bodyOf(balance: Asked): FormBody {
  return balance.of === 'provider'
    ? formBody({ 'balance-provider': balance.balanceProvider })
    : formBody({ 'balance-name': balance.balanceName });
}

function interpretBalance(http: HttpAnswer, balance: Asked, reading: Reading, now: number): BalanceAnswer {
  if (http.kind !== 'response') return http;
  const { status } = http;
  const { type, errorCode, errorMessage } = readAnswer(http) ?? {};
  const refused = type === 'error' || type === 'validation-error' || errorCode !== undefined;
  if (status < 200 || status > 299 || refused) {
    const code = errorCode === undefined ? `http_${status}` : shortCode(errorCode, reading);
    return unknown(code, wordsOf(errorMessage, reading, `HTTP ${status}`));
  }
  const balances = balancesIn(http.body, balance.of === 'provider' ? balance.currency : undefined);
  if (balances === undefined) {
    return unknown('unreadable_balance', 'The answer holds no balance that we can read');
  }
  return { kind: 'answered', balances, at: new Date(now).toISOString() };
}
