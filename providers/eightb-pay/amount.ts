import { CURRENCIES, isCurrencyCode, type CurrencyCode } from '../../domain/currencies.js';
import type { Money } from '../../domain/money.js';

/** `{minor: 32778, currency: 'USD'}` as `327.78`. */
export function decimalOf({ minor, currency }: Money): string {
  const { exponent } = CURRENCIES[currency];
  const digits = String(minor).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  return exponent === 0 ? whole : `${whole}.${digits.slice(-exponent)}`;
}

/**
 * The amount as the JSON number that the document asks for (8b.world /pay §4.1). At most twelve digits, which a double
 * keeps exactly, so that JSON writes the same decimals again; nothing is ever calculated with it.
 */
export function jsonAmount(money: Money): number {
  return Number(decimalOf(money));
}

/** A decimal of theirs, number or text (§5), in minor units; undefined for what is not an amount of that currency. */
export function minorOf(decimal: string | number, currency: CurrencyCode): number | undefined {
  const [, whole, fraction = ''] = /^(\d{1,12})(?:\.(\d{1,10}))?$/.exec(String(decimal)) ?? [];
  if (whole === undefined) return undefined;
  const { exponent } = CURRENCIES[currency];
  if (/[1-9]/.test(fraction.slice(exponent))) return undefined;
  const minor = Number(whole + fraction.slice(0, exponent).padEnd(exponent, '0'));
  return Number.isSafeInteger(minor) ? minor : undefined;
}

/** Amount and currency of theirs; undefined where they cannot be read. */
export function moneyOf(decimal: string | number | undefined, code: string | undefined): Money | undefined {
  if (decimal === undefined || code === undefined || !isCurrencyCode(code)) return undefined;
  const minor = minorOf(decimal, code);
  return minor === undefined ? undefined : { minor, currency: code };
}
