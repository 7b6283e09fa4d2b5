import { createHash, createHmac } from 'node:crypto';
import type { PayoutRequest, SealedPayoutRequest } from '../domain/payout-request.js';
import type { PaymentRequest } from '../domain/payment.js';
import type { StoreCardRequest } from '../domain/stored-card.js';

/** A key of at least 32 random bytes. Whoever has it can test guesses of a card number: keep it like a password. */
export type FingerprintKey = Uint8Array;

/** Keyed digest of a request's whole content, the card number included: same content, same digest (money rule 7). */
export function contentFingerprint(
  key: FingerprintKey,
  request: PayoutRequest | StoreCardRequest | PaymentRequest,
): string {
  return createHmac('sha256', key)
    .update(`content\n${canonicalJson(request)}`)
    .digest('hex');
}

/**
 * Keyed digest of a card number, and of nothing else: tells that two payouts go to one card. 128 bits, because it is shown and
 * searched for.
 */
export function cardFingerprint(key: FingerprintKey, number: string): string {
  return createHmac('sha256', key).update(`card\n${number}`).digest('hex').slice(0, 32);
}

/** Digest of what everyone may see of a request: of a card its mask alone, because sealing is random. */
export function visibleFingerprint({ destination, ...request }: SealedPayoutRequest): string {
  const visible = destination.type === 'card' ? { type: 'card', masked: destination.masked } : destination;
  return createHash('sha256')
    .update(`visible\n${canonicalJson({ ...request, destination: visible })}`)
    .digest('hex');
}

/** Keyed digest of the exact bytes of a request that could move money (money rule 2). */
export function bytesFingerprint(key: FingerprintKey, exact: Uint8Array): string {
  return createHmac('sha256', key).update('bytes\n').update(exact).digest('hex');
}

/** JSON with sorted keys and without absent values: equal content gives equal text. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}
