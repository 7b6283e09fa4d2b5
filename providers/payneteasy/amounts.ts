import { CURRENCIES, type CurrencyCode } from '../../domain/currencies.js';
import type { Money } from '../../domain/money.js';

/** Major units with a dot and all decimals of the currency: `150.50`, `150` (Payneteasy §6.1 `amount`). */
export function wireAmount({ minor, currency }: Money): string {
  const { exponent } = CURRENCIES[currency];
  const digits = String(minor).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  return exponent === 0 ? whole : `${whole}.${digits.slice(-exponent)}`;
}

/**
 * Minor units of what the provider writes: `150.5`, `150.50`, `-3`. Undefined for anything else, and for more decimals
 * than the currency has.
 */
export function minorUnits(text: string, currency: CurrencyCode): number | undefined {
  const { exponent } = CURRENCIES[currency];
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d{1,13})(?:\.(\d{1,8}))?$/.exec(text) ?? [];
  if (whole === '' || /[1-9]/.test(fraction.slice(exponent))) return undefined;
  const minor = Number(`${whole}${fraction.slice(0, exponent).padEnd(exponent, '0')}`);
  if (!Number.isSafeInteger(minor)) return undefined;
  return sign === '-' && minor !== 0 ? -minor : minor;
}
