import type { PaymentOperationView } from '../../domain/payment-operation.js';
import type { Payment } from '../../domain/payment.js';
import type { PaymentCallRow, PaymentOperationRow, PaymentRow } from '../tables.js';
import { parseTimestamp } from '../wire-types.js';
import type { PaymentCallRecord, StoredOperation } from './port.js';

type WithOperations = PaymentRow & { readonly operations: readonly PaymentOperationRow[] };

/** A row as every door shows it. Keys without a value are left out. */
export function paymentOf(row: WithOperations): Payment {
  const { metadata, purpose } = row.request;
  return {
    merchant: row.merchant,
    paymentId: row.payment_id,
    account: row.account,
    provider: row.provider,
    orderId: row.order_id,
    amount: { minor: row.amount_minor, currency: row.currency },
    purpose,
    status: row.status,
    version: row.last_event,
    // The page is kept while the payer's try is under way: after a decline it is the payer's turn again.
    ...(row.action !== null && row.status === 'action_required' && { action: row.action }),
    ...(row.reason !== null && { reason: row.reason }),
    transactions: row.transactions,
    ...(row.refunded_minor > 0 && { refundedMinor: row.refunded_minor }),
    operations: row.operations.map((operation) => operationOf(operation, row)),
    ...(row.sealed_token !== null && { hasToken: true }),
    ...(metadata !== undefined && { metadata }),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export function newPaymentOf(row: PaymentRow): Payment {
  return paymentOf({ ...row, operations: [] });
}

function operationOf(
  row: PaymentOperationRow,
  { currency }: Pick<PaymentRow, 'currency'>,
): PaymentOperationView {
  return {
    operationId: row.operation_id,
    kind: row.kind,
    transactionId: row.transaction_id,
    ...(row.amount_minor !== null && { amount: { minor: row.amount_minor, currency } }),
    status: row.status,
    ...(row.reason !== null && { reason: row.reason }),
    createdAt: parseTimestamp(row.created_at),
    updatedAt: parseTimestamp(row.updated_at),
  };
}

export function storedOperationOf(
  row: PaymentOperationRow,
  payment: Pick<PaymentRow, 'currency'>,
): StoredOperation {
  return { view: operationOf(row, payment), asked: row.asked, before: row.status_before };
}

/** A call's row as `to_jsonb` writes it: with PostgreSQL's own form of timestamps. */
export function callOf(row: PaymentCallRow): PaymentCallRecord {
  return {
    number: row.number,
    kind: row.kind,
    ...(row.operation_id !== null && { operationId: row.operation_id }),
    requestFingerprint: row.request_fingerprint,
    intentAt: parseTimestamp(row.intent_at),
    ...(row.answered_at !== null && { answeredAt: parseTimestamp(row.answered_at) }),
    ...(row.answer !== null && { answer: row.answer }),
  };
}
