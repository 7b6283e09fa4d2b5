import { createHash } from 'node:crypto';
import type {
  CallbackProof,
  CallbackReading,
  OrderId,
  ProviderLimits,
  RawCallback,
} from 'payout-engine/providers';
import { readTransfer, type Transfer } from './answer.js';
import type { PocketPayConfig } from './config.js';
import { progressOf } from './interpret.js';
import { isSignatureOfCallback } from './sign.js';

/** Reads a callback (Pocket Pay §7). The signature is over the bytes as they came: check it before parsing. Never throws. */
export function readCallback(
  { method, headers, body }: RawCallback,
  config: PocketPayConfig,
  { orderIdPattern }: Pick<ProviderLimits, 'orderIdPattern'>,
): CallbackReading {
  const { callbacks, callbackSecret } = config;
  if (callbacks === 'none' || callbackSecret === undefined) {
    return refused(404, 'callbacks are not enabled for this account');
  }
  if (method !== 'POST') return refused(405, 'it is no POST');
  if (!isSignatureOfCallback(headers['pocket-signature'] ?? '', body, callbackSecret)) {
    return refused(401, 'the signature is wrong or missing');
  }
  const transfer = readTransfer(body);
  if (transfer === undefined) return refused(400, 'there is no transfer in it');
  if (!orderIdPattern.test(transfer.id)) return refused(400, 'there is no id that could be ours');
  return {
    kind: 'verified',
    orderId: transfer.id as OrderId,
    // A repetition is the same bytes.
    dedupeKey: createHash('sha256').update(body).digest('hex'),
    ...(callbacks === 'proof' && { proof: proofOf(transfer, config) }),
    acknowledge: { status: 200, contentType: 'text/plain', body: 'ok' },
  };
}

/** Undefined, and so a hint, for all that does not end the transfer or is not in the wallet's currency. */
function proofOf(transfer: Transfer, { currency }: PocketPayConfig): CallbackProof | undefined {
  const progress = progressOf(transfer);
  const ends = progress?.kind === 'paid' || progress?.kind === 'not_paid';
  // The engine holds the amount against the order's.
  return ends && transfer.currency === currency ? { ...progress, amountMinor: transfer.amount } : undefined;
}

function refused(status: number, why: string): CallbackReading {
  return { kind: 'refused', why, answer: { status, contentType: 'text/plain', body: '' } };
}
