import { CURRENCIES } from '../../domain/currencies.js';
import type { CurrencyCode } from '../../domain/currencies.js';
import type { Money } from '../../domain/money.js';
import type { EightbConfig } from './config.js';

/** 8b Disbursement §4: exactly two decimals, but for the currencies that the account says otherwise of. */
const SCALE = 2;

function scaleOf(currency: CurrencyCode, { amountScale }: Pick<EightbConfig, 'amountScale'>): number {
  return (Object.hasOwn(amountScale, currency) ? amountScale[currency] : undefined) ?? SCALE;
}

/** `{minor: 15000, currency: 'EUR'}` as `150.00`; undefined where the wire has too few decimals for it. */
export function wireAmount(
  { minor, currency }: Money,
  config: Pick<EightbConfig, 'amountScale'>,
): string | undefined {
  const { exponent } = CURRENCIES[currency];
  const scale = scaleOf(currency, config);
  const digits = String(minor).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = digits.slice(digits.length - exponent).padEnd(scale, '0');
  if (/[^0]/.test(fraction.slice(scale))) return undefined;
  return scale === 0 ? whole : `${whole}.${fraction.slice(0, scale)}`;
}

/** A decimal of the wire in minor units, never by way of a float; undefined for what is none, or finer than the currency. */
export function minorOf(text: string, currency: CurrencyCode): number | undefined {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d{1,15})(?:\.(\d{1,10}))?$/.exec(text) ?? [];
  if (whole === '') return undefined;
  const { exponent } = CURRENCIES[currency];
  const digits = fraction.padEnd(exponent, '0');
  if (/[^0]/.test(digits.slice(exponent))) return undefined;
  const minor = Number(`${sign}${whole}${digits.slice(0, exponent)}`);
  return Number.isSafeInteger(minor) ? minor + 0 : undefined;
}
