import type { OrderId } from '../../domain/ids.js';
import type { PaymentTransaction } from '../../domain/payment-transaction.js';
import type { Answered, NotSent, Unknown } from '../../domain/provider-answer.js';
import type { HttpAnswer } from '../http-call.js';
import type { PaymentNews } from '../payment-port.js';
import { readEnvelope } from './envelope.js';
import { eventOf } from './error-classes.js';
import { unknown, type Reading } from './reading.js';
import { readTransaction, strangeness } from './transaction.js';
import { itemsSchema, type TransactionDocument } from './transaction-schema.js';

const NOTHING: PaymentNews = { transactions: [], tokens: {} };

/**
 * The answer to `get_orders_data` (8b.world /pay §4.2). No items and `success: false` both mean "no transaction known
 * yet", never "declined"; the latter is not signed, so that it may not end an order either (§4.1).
 */
export function interpretStatus(
  http: HttpAnswer,
  orderId: OrderId,
  reading: Reading,
): NotSent | Unknown | Answered<PaymentNews> {
  if (http.kind !== 'response') return http;
  const envelope = readEnvelope(http, reading.config);
  const event = eventOf(http, envelope);
  if (event === 'failure') return { kind: 'answered', progress: { ...NOTHING, unproven: true } };
  if (event === 'bad_sign') return unknown('bad_signature', 'The status answer is not signed, or wrongly');
  if (event !== 'success' || envelope.kind !== 'signed') {
    return unknown(`http_${http.status}`, `HTTP ${http.status} with no status that we can read`);
  }
  const parsed = itemsSchema.safeParse(envelope.document);
  if (!parsed.success) return unknown('unreadable', 'The signed status answer cannot be read');
  return newsOf(parsed.data.items, orderId, http.status, reading);
}

function newsOf(
  items: readonly TransactionDocument[],
  orderId: OrderId,
  http: number,
  reading: Reading,
): Unknown | Answered<PaymentNews> {
  const transactions = new Map<string, PaymentTransaction>();
  const tokens: Record<string, string> = {};
  for (const item of items) {
    const read =
      strangeness(item, orderId, reading) ?? readTransaction(item, { call: 'status', http }, reading);
    if ('kind' in read) return read;
    const { transaction, token } = read;
    const known = transactions.get(transaction.id);
    if (known !== undefined && known.status !== transaction.status) {
      return unknown('contradiction', 'The answer tells of one transaction twice, and differently');
    }
    transactions.set(transaction.id, transaction);
    if (token !== undefined) tokens[transaction.id] = token;
  }
  return { kind: 'answered', progress: { transactions: [...transactions.values()], tokens } };
}
