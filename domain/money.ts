import { CURRENCIES, type CurrencyCode } from './currencies.js';

/**
 * An amount of money: a whole number of minor units (kopecks, cents) and its ISO 4217 currency.
 * Decimals exist only as strings on a provider's wire (money rule 10).
 */
export interface Money {
  readonly minor: number;
  readonly currency: CurrencyCode;
}

/** Twelve digits of minor units: the widest amount field among the providers' documents. */
export const MAX_MINOR = 999_999_999_999;

/** A payout's amount: a safe, positive integer of at most twelve digits. */
export function isPayableMinor(minor: number): boolean {
  return Number.isSafeInteger(minor) && minor >= 1 && minor <= MAX_MINOR;
}

export function sameMoney(a: Money, b: Money): boolean {
  return a.minor === b.minor && a.currency === b.currency;
}

/** `{minor: 10050, currency: 'RUB'}` as `100.50 RUB`, for people. Never parse it back. */
export function formatMoney({ minor, currency }: Money): string {
  const { exponent } = CURRENCIES[currency];
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = exponent === 0 ? '' : `.${digits.slice(-exponent)}`;
  return `${minor < 0 ? '-' : ''}${whole}${fraction} ${currency}`;
}
