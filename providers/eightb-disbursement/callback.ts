import { createHash } from 'node:crypto';
import type { OrderId } from '../../domain/ids.js';
import type { CallbackReading, ProviderLimits, RawCallback } from '../port.js';
import type { EightbConfig } from './config.js';
import { decodeForm, type Fields } from './form.js';
import { isHash } from './hash.js';

/**
 * Reads a callback (8b Disbursement §5.7): a POSTed form with a hash over order, amount, result and direction. A hint
 * alone: what it says must agree with the order, which one check of ours finds out. Never throws.
 */
export function createCallbackReader(
  config: EightbConfig,
  { orderIdPattern }: Pick<ProviderLimits, 'orderIdPattern'>,
): (raw: RawCallback) => CallbackReading {
  return (raw) => {
    if (!config.callbacksEnabled) return refused(404, 'callbacks are not enabled for this account');
    if (raw.method !== 'POST') return refused(403, 'it is no POST');
    const fields = decodeForm(raw.body);
    if (typeof fields === 'string') return refused(403, fields);
    if (fields['hash'] === undefined) return refused(403, 'there is no hash');
    if (!isHash(fields['hash'], 'callback', fields, config)) return refused(403, 'the hash is wrong');

    const fault = faultOf(fields);
    if (fault !== undefined) return refused(403, fault);
    const { id = '', amount = '', result = '', destination = '' } = fields;
    if (!orderIdPattern.test(id)) return refused(403, 'there is no id that could be ours');
    return {
      kind: 'verified',
      orderId: id as OrderId,
      // Not `dt`: a repetition may be dated anew.
      dedupeKey: createHash('sha256')
        .update([id, result, amount, destination].join('\n'), 'utf8')
        .digest('hex'),
      acknowledge: { status: 200, contentType: config.ackContentType, body: config.ackBody },
    };
  };
}

/** The hash has no separators: a character may have moved from one field to the next, so each must hold by itself (§3.1). */
function faultOf({ dt = '', amount = '', result = '', destination = '' }: Fields): string | undefined {
  if (!/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d$/.test(dt)) return 'its dt is no date and time';
  if (!/^\d{1,15}(\.\d{1,4})?$/.test(amount)) return 'its amount is no decimal';
  if (!/^[01]$/.test(result)) return 'its result is neither 0 nor 1';
  return /^[A-Za-z0-9_-]{1,20}$/.test(destination) ? undefined : 'its destination is none';
}

/** An empty body: `ERROR` would silence the genuine sender (§5.7). */
function refused(status: number, why: string): CallbackReading {
  return { kind: 'refused', why, answer: { status, contentType: 'text/plain', body: '' } };
}
