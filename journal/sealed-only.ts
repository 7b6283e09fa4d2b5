import type { SealedCardToStore } from '../domain/stored-card.js';

/** A compact JWE. A readable card number or CVV has no dots. */
const JWE = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*){4}$/;
const MASKED = /^\d{6}\*{3,9}\d{4}$/;
/** A sealed card or CVV has about 400 characters. */
const MAX_LENGTH = 4096;

/**
 * The tables ask for the same (migration 0004). It is asked for here first, because a database's error and its log
 * quote the row that they refuse; these errors quote nothing.
 *
 * @throws RangeError, TypeError
 */
export function requireSealed(sealed: string): void {
  if (sealed.length > MAX_LENGTH) {
    throw new RangeError(
      `A sealed secret has at most ${MAX_LENGTH} characters, and this one ${sealed.length}`,
    );
  }
  if (!JWE.test(sealed)) throw new TypeError('A secret comes to the journal sealed, as a compact JWE');
}

/** @returns what may be kept of it: the name of the CVV's secret must not outlive the secret */
export function sealedAlone({ sealed, masked }: SealedCardToStore): SealedCardToStore {
  requireSealed(sealed);
  if (!MASKED.test(masked))
    throw new TypeError('A card is masked but for its first six and last four digits');
  return { sealed, masked };
}
