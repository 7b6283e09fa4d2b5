import { formatMoney, type Money } from '../domain/money.js';
import type { Problem } from '../domain/problem.js';
import type { ProviderLimits } from './port.js';

/**
 * Is a payout's amount in a currency of the account, whole, and within the account's bounds? At most one problem.
 *
 * @param example how an amount is written, as a remedy: `Write 10050 for 100.50 RUB`
 * @param currencyHint follows the currencies that the account pays
 */
export function amountProblems(
  { minor, currency }: Money,
  limits: Pick<ProviderLimits, 'currencies' | 'minMinor' | 'maxMinor'>,
  { example, currencyHint = '' }: { readonly example: string; readonly currencyHint?: string },
): readonly Problem[] {
  if (!limits.currencies.includes(currency)) {
    const remedy = `Use ${limits.currencies.join(', ')}${currencyHint}`;
    return [{ field: 'amount.currency', problem: `${currency} is not paid by this account`, remedy }];
  }
  const field = 'amount.minor';
  if (!Number.isSafeInteger(minor)) {
    return [{ field, problem: 'is not a whole number of minor units', remedy: example }];
  }
  const of = (some: number): string => formatMoney({ minor: some, currency });
  if (minor < limits.minMinor) {
    return [{ field, problem: `${of(minor)} is too little`, remedy: `Pay at least ${of(limits.minMinor)}` }];
  }
  if (minor > limits.maxMinor) {
    const remedy = `Pay at most ${of(limits.maxMinor)} at once`;
    return [{ field, problem: `${of(minor)} is too much for one payout`, remedy }];
  }
  return [];
}
