import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { OrderId } from '../../domain/ids.js';
import type { Acknowledgement, CallbackReading, ProviderLimits, RawCallback } from '../port.js';
import { parseParameters } from './callback-parameters.js';
import type { All2payConfig } from './config.js';

const ACKNOWLEDGE: Acknowledgement = { status: 200, contentType: 'text/plain', body: 'OK' };

/**
 * Reads a gateway callback (All2pay payouts document §13): parameters in a GET query or a POST form, with a symmetric
 * checksum. Only a trigger to query the status: it carries no proof.
 */
export function readCallback(
  raw: RawCallback,
  { callbacksEnabled, callbackSecret }: Pick<All2payConfig, 'callbacksEnabled' | 'callbackSecret'>,
  { orderIdPattern }: Pick<ProviderLimits, 'orderIdPattern'>,
): CallbackReading {
  if (!callbacksEnabled) return refused(404, 'callbacks are not enabled for this account');
  if (callbackSecret === undefined) return refused(404, 'no callback secret is configured for this account');
  const parameters = parseParameters(raw);
  if (typeof parameters === 'string') return refused(400, parameters);

  const canonical = canonicalString(parameters);
  const checksum = parameters.get('checksum');
  if (checksum === undefined) return refused(401, 'there is no checksum');
  if (!equal(checksum, checksumOf(canonical, callbackSecret))) return refused(401, 'the checksum is wrong');

  const orderNumber = parameters.get('orderNumber');
  if (orderNumber === undefined || !orderIdPattern.test(orderNumber)) {
    return refused(400, 'there is no order number that could be ours');
  }
  return {
    kind: 'verified',
    orderId: orderNumber as OrderId,
    dedupeKey: createHash('sha256').update(canonical, 'utf8').digest('hex'),
    acknowledge: ACKNOWLEDGE,
  };
}

/** `name;value;` for each parameter in code-unit order, but for the checksum's own two. */
export function canonicalString(parameters: ReadonlyMap<string, string>): string {
  return [...parameters]
    .filter(([name]) => name !== 'checksum' && name !== 'sign_alias')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name};${value};`)
    .join('');
}

/** `UPPERHEX(HMAC-SHA256(secret, canonical string))`. */
export function checksumOf(canonical: string, secret: string): string {
  return createHmac('sha256', secret).update(canonical, 'utf8').digest('hex').toUpperCase();
}

/** In constant time; the length of a checksum is no secret. */
function equal(theirs: string, ours: string): boolean {
  const [a, b] = [Buffer.from(theirs, 'utf8'), Buffer.from(ours, 'utf8')];
  return a.length === b.length && timingSafeEqual(a, b);
}

function refused(status: number, why: string): CallbackReading {
  return { kind: 'refused', why, answer: { status, contentType: 'text/plain', body: 'refused' } };
}
