import { createHmac } from 'node:crypto';
import type { AccountId, OrderId, PaymentKey, PayoutKey, StoredCardKey } from '../domain/ids.js';
import type { MadeOrderIds } from '../providers/port.js';
import type { FingerprintKey } from '../secrets/fingerprint.js';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * Our order id at the provider, when the caller names none: the same for the same payout, always. 28 characters of
 * `0-9a-z`, 130 bits of HMAC-SHA-256, so that no two payouts share one and nobody finds one by the payout's id; fewer, or
 * capital letters, where the provider wants it so (20 characters hold 90 bits).
 */
export function makeOrderId(
  key: FingerprintKey,
  account: AccountId,
  { merchant, payoutId }: PayoutKey,
  form?: MadeOrderIds,
): OrderId {
  return orderId(key, 'po', `order\n${account}\n${merchant}\n${payoutId}`, form);
}

/** The same for the storing of a card, which shares the provider's namespace with payouts. */
export function makeCardOrderId(
  key: FingerprintKey,
  account: AccountId,
  { merchant, storedCardId }: StoredCardKey,
): OrderId {
  return orderId(key, 'sc', `card\n${account}\n${merchant}\n${storedCardId}`);
}

/** The same for a payment. */
export function makePaymentOrderId(
  key: FingerprintKey,
  account: AccountId,
  { merchant, paymentId }: PaymentKey,
): OrderId {
  return orderId(key, 'pm', `payment\n${account}\n${merchant}\n${paymentId}`);
}

function orderId(
  key: FingerprintKey,
  prefix: string,
  seed: string,
  { length = 28, upperCase = false }: MadeOrderIds = {},
): OrderId {
  const digest = createHmac('sha256', key).update(seed).digest();
  let id = prefix;
  for (let i = 0; id.length < Math.min(length, 28); i += 1) id += ALPHABET[fiveBits(digest, i * 5)];
  return (upperCase ? id.toUpperCase() : id) as OrderId;
}

function fiveBits(bytes: Uint8Array, offset: number): number {
  const first = bytes[offset >> 3] ?? 0;
  const second = bytes[(offset >> 3) + 1] ?? 0;
  return (((first << 8) | second) >> (11 - (offset & 7))) & 31;
}
