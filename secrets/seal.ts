import { CompactEncrypt, compactDecrypt, importJWK } from 'jose';
import { SEALING_ALGORITHM, SEALING_ENCRYPTION, type SealingKeys } from './sealing-keys.js';

/** Something sealed cannot be opened, or was sealed for another purpose. Never holds what was sealed. */
export class SealError extends Error {
  override readonly name: string = 'SealError';
}

/** What is sealed, and for whom alone: both stand in the protected header, so that a copy does not open elsewhere. */
export interface Seal {
  readonly typ: 'payout-card' | 'stored-card' | 'cvv' | 'payment-token' | 'callback-body';
  /** The name of the header field, and its value. */
  readonly boundTo: readonly [field: string, value: string];
}

/**
 * Seals a small JSON object so that only the holder of the private key can read it.
 *
 * @returns a compact JWE (ECDH-ES on P-256, A256GCM), about 400 characters
 */
export async function sealJson(keys: SealingKeys, content: object, seal: Seal): Promise<string> {
  const jwk = keys.keys[0];
  if (jwk?.kid === undefined) throw new SealError('There is no sealing key with a key id (kid) to seal with');
  const [field, value] = seal.boundTo;
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader({
      alg: SEALING_ALGORITHM,
      enc: SEALING_ENCRYPTION,
      kid: jwk.kid,
      typ: seal.typ,
      [field]: value,
    })
    .encrypt(await importJWK(jwk, SEALING_ALGORITHM));
}

/** @throws SealError if no key opens it, or it was sealed for something else */
export async function openJson(keys: SealingKeys, sealed: string, seal: Seal): Promise<unknown> {
  const { plaintext, protectedHeader } = await compactDecrypt(
    sealed,
    async ({ kid }) => {
      const jwk = keys.keys.find((key) => key.kid === kid);
      if (jwk === undefined)
        throw new SealError(`It was sealed with key ${String(kid)}, which is not among ours`);
      return importJWK(jwk, SEALING_ALGORITHM);
    },
    { keyManagementAlgorithms: [SEALING_ALGORITHM], contentEncryptionAlgorithms: [SEALING_ENCRYPTION] },
  ).catch((error: unknown) => {
    throw error instanceof SealError ? error : new SealError('It is not a JWE that our key opens');
  });
  const [field, value] = seal.boundTo;
  if (protectedHeader[field] !== value || protectedHeader.typ !== seal.typ) {
    throw new SealError(`It was sealed for another ${field}`);
  }
  try {
    return JSON.parse(new TextDecoder().decode(plaintext)) as unknown;
  } catch {
    throw new SealError('Its content is not JSON');
  }
}
