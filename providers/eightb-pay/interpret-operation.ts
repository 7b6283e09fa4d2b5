import { OPERATION_RULES } from '../../domain/payment-transaction.js';
import type { Answered, NotSent, Unknown } from '../../domain/provider-answer.js';
import type { HttpAnswer } from '../http-call.js';
import type { OperationOutcome, PaymentOperation } from '../payment-port.js';
import { unknown, type Reading } from './reading.js';
import { readTransaction, strangeness } from './transaction.js';
import { orderSchema } from './transaction-schema.js';
import { judge } from './verdict.js';

/**
 * The answer to a refund, void or complete (8b.world /pay §4.4, §7): done where the transaction has the status that
 * the operation leads to. Everything else is to be asked about by status.
 */
export function interpretOperation(
  http: HttpAnswer,
  { kind, transactionId }: PaymentOperation,
  reading: Reading,
): NotSent | Unknown | Answered<OperationOutcome> {
  const judged = judge(http, 'money', reading);
  if (judged.kind === 'refused') return { kind: 'answered', progress: judged };
  if (judged.kind !== 'proceed') return judged;
  const parsed = orderSchema.safeParse(judged.document);
  if (!parsed.success || parsed.data.success === false) {
    return unknown('unreadable', 'The signed answer holds no transaction');
  }
  const { order } = parsed.data;
  if (order.transaction_id !== transactionId) {
    return unknown('foreign_transaction', 'The answer is about another transaction');
  }
  const status = http.kind === 'response' ? http.status : 0;
  const read =
    strangeness(order, undefined, reading) ??
    readTransaction(order, { call: 'money', http: status }, reading);
  if ('kind' in read) return read;
  const { transaction } = read;
  if (transaction.status !== OPERATION_RULES[kind].to) {
    const message = `The provider took the ${kind}, but the transaction's status is ${transaction.providerStatus}`;
    return unknown(`status_${transaction.providerStatus}`, message);
  }
  return { kind: 'answered', progress: { kind: 'done', transaction } };
}
