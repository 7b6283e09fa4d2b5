import { createHash } from 'node:crypto';
import type { OrderId } from '../../domain/ids.js';
import type { Acknowledgement, CallbackReading, ProviderLimits, RawCallback } from '../port.js';
import { callbackParameters } from './callback-parameters.js';
import type { PayneteasyConfig } from './config.js';
import { callbackControl, isSameControl } from './control.js';

const ACKNOWLEDGE: Acknowledgement = { status: 200, contentType: 'text/plain', body: 'OK' };

/**
 * Reads a callback (GET) or the receiver's final redirect (POST), whose control is made alike (Payneteasy §8). The
 * control covers neither amount nor type, so that either is a reason to ask for the status and never more: there is no
 * setting that would make one a proof. Never throws.
 */
export function readCallback(
  raw: RawCallback,
  { merchantControl, transactionTypes }: Pick<PayneteasyConfig, 'merchantControl' | 'transactionTypes'>,
  { orderIdPattern }: Pick<ProviderLimits, 'orderIdPattern'>,
): CallbackReading {
  const parameters = callbackParameters(raw);
  if (typeof parameters === 'string') return refused(400, parameters);
  const control = parameters.get('control');
  if (control === undefined) return refused(403, 'there is no control');

  const status = parameters.get('status') ?? '';
  const orderId = parameters.get('orderid') ?? '';
  const clientOrderId = parameters.get('client_orderid') ?? '';
  // Strung together without a mark between them, the parts must not be able to borrow from each other.
  if (!/^[a-z][a-z_-]{0,31}$/i.test(status) || !/^\d{1,20}$/.test(orderId)) {
    return refused(403, 'status or orderid has no form that a control could cover');
  }
  if (!isSameControl(control, callbackControl({ status, orderId, clientOrderId }, merchantControl))) {
    return refused(403, 'the control is wrong');
  }
  const merchantOrder = parameters.get('merchant_order') ?? clientOrderId;
  if (merchantOrder !== clientOrderId) return refused(400, 'merchant_order and client_orderid differ');
  if (!orderIdPattern.test(clientOrderId)) {
    // Genuine, so acknowledged: a repetition, up to thirty of them, would not be wanted either.
    return { kind: 'refused', why: 'its client_orderid cannot be one of ours', answer: ACKNOWLEDGE };
  }
  const kind = kindOf(parameters.get('type') ?? '', transactionTypes);
  return {
    kind: 'verified',
    orderId: clientOrderId as OrderId,
    // The control does not cover the type: what stands there makes another callback only if it is a word that we know.
    dedupeKey: dedupeKey([status.toLowerCase(), kind, orderId, clientOrderId]),
    ...(kind === 'reversed' && { suggests: 'returned' }),
    acknowledge: ACKNOWLEDGE,
  };
}

function kindOf(type: string, types: PayneteasyConfig['transactionTypes']): string {
  return Object.entries(types).find(([, words]) => words.includes(type))?.[0] ?? 'other';
}

/** What the provider advises to tell repetitions by (§8). */
function dedupeKey(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts), 'utf8').digest('hex');
}

function refused(status: number, why: string): CallbackReading {
  return { kind: 'refused', why, answer: { status, contentType: 'text/plain', body: 'refused' } };
}
