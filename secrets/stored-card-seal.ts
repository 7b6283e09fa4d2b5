import { isCardNumber } from '../domain/card.js';
import type { StoredCardKey } from '../domain/ids.js';
import type { ClearCardToStore } from '../domain/stored-card.js';
import { openJson, sealJson, SealError, type Seal } from './seal.js';
import type { SealingKeys } from './sealing-keys.js';

/** Seals a card to be stored, without its CVV; copied to another card's request it does not open. @returns a compact JWE */
export function sealCardToStore(
  keys: SealingKeys,
  { number, expiry, holder }: Omit<ClearCardToStore, 'cvv'>,
  card: StoredCardKey,
): Promise<string> {
  return sealJson(keys, { number, expiry, holder }, sealOf('stored-card', card));
}

/** @throws SealError if no key opens it, or it was sealed for another stored card */
export async function openCardToStore(
  keys: SealingKeys,
  sealed: string,
  card: StoredCardKey,
): Promise<Omit<ClearCardToStore, 'cvv'>> {
  const { number, expiry, holder } = fieldsOf(await openJson(keys, sealed, sealOf('stored-card', card)));
  if (typeof number !== 'string' || !isCardNumber(number)) {
    throw new SealError('It does not hold a valid card number');
  }
  return {
    number,
    ...(holder !== undefined && { holder: textOf(holder, 'holder') }),
    ...(expiry !== undefined && { expiry: expiryOf(expiry) }),
  };
}

/** Seals a CVV for its one use. @returns a compact JWE */
export function sealCvv(keys: SealingKeys, cvv: string, card: StoredCardKey): Promise<string> {
  return sealJson(keys, { cvv }, sealOf('cvv', card));
}

/** @throws SealError if no key opens it, or it was sealed for another stored card */
export async function openCvv(keys: SealingKeys, sealed: string, card: StoredCardKey): Promise<string> {
  const { cvv } = fieldsOf(await openJson(keys, sealed, sealOf('cvv', card)));
  if (typeof cvv !== 'string' || !/^\d{3,4}$/.test(cvv)) throw new SealError('It does not hold a valid CVV');
  return cvv;
}

function sealOf(typ: 'stored-card' | 'cvv', { merchant, storedCardId }: StoredCardKey): Seal {
  return { typ, boundTo: ['card', `${merchant}:${storedCardId}`] };
}

function fieldsOf(content: unknown): Readonly<Record<string, unknown>> {
  return typeof content === 'object' && content !== null ? { ...content } : {};
}

function expiryOf(value: unknown): { month: number; year: number } {
  const { month, year } = fieldsOf(value);
  if (!Number.isInteger(month) || !Number.isInteger(year)) {
    throw new SealError('It does not hold a valid expiry date');
  }
  return { month: Number(month), year: Number(year) };
}

function textOf(value: unknown, what: string): string {
  if (typeof value === 'string' && value.length <= 100) return value;
  throw new SealError(`It does not hold a valid ${what}`);
}
