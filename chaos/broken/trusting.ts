import { orderNamed } from '../plan/order-names.js';
import type { OrderId } from '../../domain/ids.js';
import type { CallbackProof } from '../../domain/provider-answer.js';
import type { RawCallback } from '../../providers/port.js';
import { rewiredProviders } from './rewired-provider.js';

/** Whoever sends a callback is the provider, and what it says is so. */
export const trusting = rewiredProviders(() => ({
  readCallback(raw: RawCallback) {
    const text = `${raw.url} ${Buffer.from(raw.body).toString('utf8')}`;
    const acknowledge = { status: 200, contentType: 'text/plain', body: 'OK' };
    const orderId = orderNamed(text) as OrderId | undefined;
    if (orderId === undefined) return { kind: 'refused', why: 'names no order', answer: acknowledge };
    return { kind: 'verified', orderId, dedupeKey: text, proof: saidIn(text), acknowledge };
  },
}));

function saidIn(text: string): CallbackProof {
  if (/status=(approved|1)\b|result=1\b/.test(text)) return { kind: 'paid' };
  return { kind: 'not_paid', class: 'declined', code: 'said_so', message: 'The callback said so' };
}
