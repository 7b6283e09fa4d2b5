import { createHash } from 'node:crypto';
import type { OrderId } from '../../domain/ids.js';
import type { RawCallback } from '../port.js';
import type { PaymentCallbackReading, PaymentLimits, PaymentNews } from '../payment-port.js';
import { decodeDocument } from './base64-json.js';
import { readSignedForm } from './form.js';
import type { Reading } from './reading.js';
import { isSignature } from './signature.js';
import { readTransaction } from './transaction.js';
import { transactionSchema, type TransactionDocument } from './transaction-schema.js';

/**
 * Reads a callback (8b.world /pay §5): fields `data` and `sign` of a form, the document being one transaction. The
 * signature covers all of it, so that it is news by itself. Never throws.
 */
export function readCallback(
  raw: RawCallback,
  { orderIdPattern }: Pick<PaymentLimits, 'orderIdPattern'>,
  reading: Reading,
): PaymentCallbackReading {
  const { config } = reading;
  if (raw.method !== 'POST') return refused(405, 'callbacks come by POST');
  const form = readSignedForm(raw.body);
  if (typeof form === 'string') return refused(400, form);
  if (!isSignature(form.sign, form.data, config)) return refused(403, 'the signature is wrong');

  const about = aboutOf(decodeDocument(form.data));
  if (about === undefined) return refused(400, 'the signed document cannot be read');
  if (about.apiKey !== config.apiKey) return refused(403, 'it is about another shop, or none');
  if (about.reference === undefined || !orderIdPattern.test(about.reference)) {
    return refused(400, 'there is no reference that could be ours');
  }
  const { document } = about;
  return {
    kind: 'verified',
    orderId: about.reference as OrderId,
    dedupeKey: document === undefined ? hashOf(form.data) : `${document.transaction_id}:${document.status}`,
    news: document && newsOf(document, reading),
    acknowledge: config.acknowledgement,
  };
}

interface About {
  readonly apiKey: string | undefined;
  readonly reference: string | undefined;
  /** Undefined where the transaction itself cannot be read: then a query tells. */
  readonly document: TransactionDocument | undefined;
}

/** Whose it is must be readable even where the rest is not. */
const whose = transactionSchema.pick({ api_key: true, reference: true });

function aboutOf(decoded: unknown): About | undefined {
  const owner = whose.safeParse(decoded);
  if (!owner.success) return undefined;
  const document = transactionSchema.safeParse(decoded);
  return {
    apiKey: owner.data.api_key,
    reference: owner.data.reference,
    document: document.success ? document.data : undefined,
  };
}

function newsOf(document: TransactionDocument, reading: Reading): PaymentNews | undefined {
  const read = readTransaction(document, { call: 'status', http: 200 }, reading);
  if ('kind' in read) return undefined;
  const { transaction, token } = read;
  return { transactions: [transaction], tokens: token === undefined ? {} : { [transaction.id]: token } };
}

function hashOf(data: string): string {
  return createHash('sha256').update(data, 'utf8').digest('hex');
}

function refused(status: number, why: string): PaymentCallbackReading {
  return { kind: 'refused', why, answer: { status, contentType: 'text/plain', body: 'refused' } };
}
