/** Card numbers as the provider checks and masks them. All2pay payouts document §3 and §18. */
import { refusal } from './refusal.js';

const PAN_PATTERN = /^\d{13,19}$/;

function luhnHolds(pan: string): boolean {
  const digits = [...pan].reverse().map(Number);
  const sum = digits.reduce((total, digit, place) => {
    if (place % 2 === 0) return total + digit;
    return total + (digit > 4 ? 2 * digit - 9 : 2 * digit);
  }, 0);
  return sum % 10 === 0;
}

export function isCardNumber(pan: unknown): pan is string {
  return typeof pan === 'string' && PAN_PATTERN.test(pan) && luhnHolds(pan);
}

/** Row 5 for what is no card number at all. */
export function checkPan(pan: unknown, name: string): string {
  if (!isCardNumber(pan)) throw refusal(5, name, `${PAN_PATTERN.source} and Luhn`);
  return pan;
}

/** What only the provider's tables know of a card; it needs no more than the first six digits. */
export function checkBin(maskedPan: string, foreignPrefixes: readonly string[]): void {
  if (maskedPan.startsWith('000000')) throw refusal(29, '000000');
  if (maskedPan.startsWith('999999')) throw refusal(32);
  if (foreignPrefixes.some((prefix) => maskedPan.startsWith(prefix))) throw refusal(11);
}

/** `220000XXXXXX0004`, as performPayout shows it. */
export function maskPan(pan: string): string {
  return mask(pan, 6);
}

/** `2200XXXXXXXX0004`, as getPayoutStatus shows it. */
export function maskPanShort(maskedPan: string): string {
  return mask(maskedPan, 4);
}

/** `7916XXX1122`. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/^00/, '');
  return mask(digits, 4);
}

function mask(digits: string, head: number): string {
  return digits.slice(0, head) + 'X'.repeat(Math.max(0, digits.length - head - 4)) + digits.slice(-4);
}
