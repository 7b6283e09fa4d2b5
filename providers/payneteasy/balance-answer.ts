import { z } from 'zod';
import { isCurrencyCode, type CurrencyCode } from '../../domain/currencies.js';
import type { Balance } from '../../domain/provider-answer.js';
import { minorUnits } from './amounts.js';
import { answerFields } from './answer-fields.js';

const amount = z.union([z.string(), z.number().transform(String)]);

/** One balance of a merchant or manager (Payneteasy §6.6); what may be spent is the live amount. */
const named = z.object({
  'online-balance-live-amount': amount,
  'amount-buffer-hold': amount.nullish(),
  currency: z.string(),
});

const MAX_BALANCES = 50;

/**
 * The balances in an answer; undefined if there is none, or one that cannot be read: one left out would be a wrong
 * answer. With `currency` the answer is that of one bank, which names none. How several balances stand beside each
 * other is not public: a JSON list, or a JSON object with the list in `balances`, or the fields of the one there is.
 */
export function balancesIn(
  body: Uint8Array,
  currency: CurrencyCode | undefined,
): readonly Balance[] | undefined {
  const fields = answerFields(body);
  if (currency !== undefined) {
    const availableMinor = minorUnits(fields?.get('balance-amount') ?? '', currency);
    return availableMinor === undefined ? undefined : [{ currency, availableMinor }];
  }
  const listed = listIn(body) ?? (fields && [Object.fromEntries(fields)]);
  if (listed === undefined || listed.length === 0 || listed.length > MAX_BALANCES) return undefined;
  const balances = listed.map(asBalance);
  const clear = balances.filter((balance) => balance !== undefined);
  return clear.length === balances.length ? clear : undefined;
}

function listIn(body: Uint8Array): readonly unknown[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
  if (Array.isArray(json)) return json as unknown[];
  const { balances } = (json ?? {}) as { readonly balances?: unknown };
  return Array.isArray(balances) ? (balances as unknown[]) : undefined;
}

function asBalance(given: unknown): Balance | undefined {
  const read = named.safeParse(given);
  if (!read.success || !isCurrencyCode(read.data.currency)) return undefined;
  const { currency } = read.data;
  const availableMinor = minorUnits(read.data['online-balance-live-amount'], currency);
  const held = read.data['amount-buffer-hold'];
  if (availableMinor === undefined) return undefined;
  return {
    currency,
    availableMinor,
    reservedMinor: held === undefined || held === null ? undefined : minorUnits(held, currency),
  };
}
