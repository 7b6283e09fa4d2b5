import { createHash } from 'node:crypto';
import type { AccountId, OrderId, PayoutKey } from '../domain/ids.js';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * Our order id at the provider, when the caller names none: the same for the same payout, always. 28 characters of
 * `0-9a-z`, 130 bits of SHA-256, so that no two payouts share one.
 */
export function makeOrderId(account: AccountId, { merchant, payoutId }: PayoutKey): OrderId {
  const digest = createHash('sha256').update(`order\n${account}\n${merchant}\n${payoutId}`).digest();
  let id = 'po';
  for (let i = 0; i < 26; i += 1) id += ALPHABET[fiveBits(digest, i * 5)];
  return id as OrderId;
}

function fiveBits(bytes: Uint8Array, offset: number): number {
  const first = bytes[offset >> 3] ?? 0;
  const second = bytes[(offset >> 3) + 1] ?? 0;
  return (((first << 8) | second) >> (11 - (offset & 7))) & 31;
}
