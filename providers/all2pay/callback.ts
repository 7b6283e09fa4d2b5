import { createHash } from 'node:crypto';
import type { OrderId } from '../../domain/ids.js';
import type { Acknowledgement, CallbackReading, ProviderLimits, RawCallback } from '../port.js';
import { canonicalString, type ChecksumTest } from './callback-checksum.js';
import { asksForStatus } from './callback-operations.js';
import { parseParameters } from './callback-parameters.js';
import type { All2payConfig } from './config.js';

const ACKNOWLEDGE: Acknowledgement = { status: 200, contentType: 'text/plain', body: 'OK' };

type Settings = Pick<All2payConfig, 'callbacksEnabled' | 'callbackOperationMap'>;

/**
 * Reads a gateway callback (All2pay payouts document §13): parameters in a GET query or a POST form, with a checksum.
 * Only a trigger to query the status: it carries no proof. Never throws.
 */
export function readCallback(
  raw: RawCallback,
  config: Settings,
  isChecksum: ChecksumTest | undefined,
  { orderIdPattern }: Pick<ProviderLimits, 'orderIdPattern'>,
): CallbackReading {
  if (!config.callbacksEnabled || isChecksum === undefined) {
    return refused(404, 'callbacks are not enabled for this account');
  }
  const parameters = parseParameters(raw);
  if (typeof parameters === 'string') return refused(400, parameters);

  const canonical = canonicalString(parameters);
  const checksum = parameters.get('checksum');
  if (checksum === undefined) return refused(401, 'there is no checksum');
  if (!isChecksum(canonical, checksum)) return refused(401, 'the checksum is wrong');

  const orderNumber = parameters.get('orderNumber');
  if (orderNumber === undefined || !orderIdPattern.test(orderNumber)) {
    return refused(400, 'there is no order number that could be ours');
  }
  // Acknowledged, because a repetition would not be wanted either.
  if (!asksForStatus(parameters.get('operation'), config)) {
    return {
      kind: 'refused',
      why: 'its operation is none that this account wants to hear of',
      answer: ACKNOWLEDGE,
    };
  }
  return {
    kind: 'verified',
    orderId: orderNumber as OrderId,
    dedupeKey: createHash('sha256').update(canonical, 'utf8').digest('hex'),
    acknowledge: ACKNOWLEDGE,
  };
}

function refused(status: number, why: string): CallbackReading {
  return { kind: 'refused', why, answer: { status, contentType: 'text/plain', body: 'refused' } };
}
