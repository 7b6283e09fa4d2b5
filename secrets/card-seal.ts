import { isCardNumber } from '../domain/card.js';
import type { PayoutKey } from '../domain/ids.js';
import { openJson, sealJson, SealError, type Seal } from './seal.js';
import type { SealingKeys } from './sealing-keys.js';

/** Seals a payout's card number; copied to another payout it does not open. @returns a compact JWE */
export function sealCard(keys: SealingKeys, number: string, payout: PayoutKey): Promise<string> {
  return sealJson(keys, { number }, sealOf(payout));
}

/** @throws SealError if no key opens it, or it was sealed for another payout */
export async function openCard(keys: SealingKeys, sealed: string, payout: PayoutKey): Promise<string> {
  const content = await openJson(keys, sealed, sealOf(payout));
  if (typeof content === 'object' && content !== null && 'number' in content) {
    const { number } = content;
    if (typeof number === 'string' && isCardNumber(number)) return number;
  }
  throw new SealError('It does not hold a valid card number');
}

function sealOf({ merchant, payoutId }: PayoutKey): Seal {
  return { typ: 'payout-card', boundTo: ['payout', `${merchant}:${payoutId}`] };
}
