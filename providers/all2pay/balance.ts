import { CURRENCIES, type CurrencyCode } from '../../domain/currencies.js';
import type { Balance, BalanceAnswer } from '../../domain/provider-answer.js';
import { z } from 'zod';
import type { HttpAnswer, HttpResponse } from '../http-call.js';
import type { BalanceReading, Lacking } from '../port.js';
import type { Account } from './account.js';
import { unknown, shortCode, wordsOf, type Reading } from './reading.js';
import { serialise } from './requests.js';
import { withRetryAfter } from '../retry-after.js';

const LACKING: Lacking = {
  lacking:
    'A balance is not documented by the provider. Look at the merchant portal, or set balancePath in the accounts file if All2pay told you one',
};

/**
 * The balance of the transit account. The document names the method and leaves it out (All2pay payouts document §14 G1),
 * so path and shape are our own invention, which the simulator plays too; without a path there is no balance.
 */
export function createBalance(account: Account): BalanceReading | Lacking {
  const { config, exchange, now } = account;
  if (config.balancePath === undefined) return LACKING;
  const { userName, password, merchantLogin } = config;
  return {
    async read(signal) {
      const body = serialise({ userName, password, merchantLogin, language: 'en' });
      const http = await exchange.post('balance', body, 'pooled', signal);
      return withRetryAfter(interpretBalance(http, account.reading([]), now()), http, now());
    },
  };
}

const minorUnits = z.union([
  z.number().int(),
  z
    .string()
    .regex(/^-?\d{1,15}$/)
    .transform(Number),
]);
const code = z.union([z.string(), z.number()]).transform(String);
const error = z.object({ errorCode: code.optional(), errorMessage: z.string().optional() });
const balances = z.object({
  balances: z
    .array(z.object({ currency: code, available: minorUnits, reserved: minorUnits.nullish() }))
    .max(50),
});

function interpretBalance(http: HttpAnswer, reading: Reading, now: number): BalanceAnswer {
  if (http.kind !== 'response') return http;
  const json = parseJson(http);
  const said = error.safeParse(json);
  const { errorCode, errorMessage } = said.success ? said.data : {};
  if (http.status < 200 || http.status > 299 || (errorCode ?? '0') !== '0') {
    const shown = errorCode === undefined ? `http_${http.status}` : shortCode(errorCode);
    return unknown(shown, wordsOf(errorMessage, reading, `HTTP ${http.status}`));
  }
  const read = balances.safeParse(json);
  const known = read.success ? read.data.balances.map(asBalance) : [undefined];
  const clear = known.filter((balance) => balance !== undefined);
  // A balance that is left out would be a wrong answer.
  if (clear.length !== known.length)
    return unknown('unreadable_balance', 'The answer holds no balance that we can read');
  return { kind: 'answered', balances: clear, at: new Date(now).toISOString() };
}

function asBalance({
  currency,
  available,
  reserved,
}: z.output<typeof balances>['balances'][number]): Balance | undefined {
  const numeric = currency.padStart(3, '0');
  const [name] =
    Object.entries(CURRENCIES).find(([alpha, known]) => known.numeric === numeric || alpha === currency) ??
    [];
  if (name === undefined) return undefined;
  return { currency: name as CurrencyCode, availableMinor: available, reservedMinor: reserved ?? undefined };
}

function parseJson({ body }: HttpResponse): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
