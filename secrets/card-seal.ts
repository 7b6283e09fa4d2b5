import { CompactEncrypt, compactDecrypt, importJWK } from 'jose';
import { isCardNumber } from '../domain/card.js';
import type { PayoutKey } from '../domain/ids.js';
import { SEALING_ALGORITHM, SEALING_ENCRYPTION, type SealingKeys } from './sealing-keys.js';

/** A sealed card cannot be opened, or was sealed for another payout. Never holds the card. */
export class CardSealError extends Error {
  override readonly name = 'CardSealError';
}

/**
 * Seals a card number so that only the holder of the private key can read it (design §8). The payout's name is part
 * of the protected header: a sealed card copied to another payout does not open.
 *
 * @returns a compact JWE (ECDH-ES on P-256, A256GCM), about 400 characters
 */
export async function sealCard(keys: SealingKeys, number: string, payout: PayoutKey): Promise<string> {
  const jwk = keys.keys[0];
  if (jwk?.kid === undefined)
    throw new CardSealError('There is no sealing key with a key id (kid) to seal with');
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify({ number })))
    .setProtectedHeader({
      alg: SEALING_ALGORITHM,
      enc: SEALING_ENCRYPTION,
      kid: jwk.kid,
      typ: 'payout-card',
      payout: bindingOf(payout),
    })
    .encrypt(await importJWK(jwk, SEALING_ALGORITHM));
}

/** @throws CardSealError if no key opens it, or it was sealed for another payout */
export async function openCard(keys: SealingKeys, sealed: string, payout: PayoutKey): Promise<string> {
  const { plaintext, protectedHeader } = await compactDecrypt(
    sealed,
    async ({ kid }) => {
      const jwk = keys.keys.find((key) => key.kid === kid);
      if (jwk === undefined)
        throw new CardSealError(`It was sealed with key ${String(kid)}, which is not among ours`);
      return importJWK(jwk, SEALING_ALGORITHM);
    },
    { keyManagementAlgorithms: [SEALING_ALGORITHM], contentEncryptionAlgorithms: [SEALING_ENCRYPTION] },
  ).catch((error: unknown) => {
    throw error instanceof CardSealError ? error : new CardSealError('It is not a JWE that our key opens');
  });
  if (protectedHeader['payout'] !== bindingOf(payout)) {
    throw new CardSealError('It was sealed for another payout');
  }
  return numberIn(plaintext);
}

function bindingOf({ merchant, payoutId }: PayoutKey): string {
  return `${merchant}:${payoutId}`;
}

function numberIn(plaintext: Uint8Array): string {
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder().decode(plaintext));
  } catch {
    throw new CardSealError('Its content is not JSON');
  }
  if (typeof content === 'object' && content !== null && 'number' in content) {
    const { number } = content;
    if (typeof number === 'string' && isCardNumber(number)) return number;
  }
  throw new CardSealError('It does not hold a valid card number');
}
