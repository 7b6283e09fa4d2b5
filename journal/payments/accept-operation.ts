import { formatMoney } from '../../domain/money.js';
import type { PaymentOperationRequest, PaymentOperationView } from '../../domain/payment-operation.js';
import { canOperate, OPERATION_RULES, type PaymentTransaction } from '../../domain/payment-transaction.js';
import { sameJson } from '../json.js';
import type { By } from '../port.js';
import { eventFor, type PaymentDecision, type PaymentStanding } from './decision.js';
import type { AcceptedOperation, AskedOperation } from './port.js';

interface Refusal {
  readonly field: string;
  readonly why: string;
  readonly remedy: string;
}

/** What an operation will be, once all of its request is filled in. */
interface Settled {
  readonly transaction: PaymentTransaction;
  /** Absent: all of the transaction. */
  readonly amountMinor?: number | undefined;
}

/** Takes an operation in, once and for all; what cannot be done is refused in words and leaves nothing behind. */
export function acceptOperation(
  standing: PaymentStanding,
  request: PaymentOperationRequest,
  by: By,
): PaymentDecision<AcceptedOperation> {
  const { operationId, kind, amount, transactionId } = request;
  const asked: AskedOperation = { kind, amount, transactionId };
  const known = standing.operations.find(({ view }) => view.operationId === operationId);
  if (known) {
    const { view } = known;
    return {
      result: (payment) =>
        sameJson(known.asked, asked)
          ? { kind: 'repeat', operation: view, payment }
          : { kind: 'conflict', original: view },
    };
  }
  const settled = settle(standing, request);
  if ('why' in settled) return { result: () => ({ kind: 'refused', ...settled }) };

  const { transaction, amountMinor } = settled;
  const data = { operationId, kind, transactionId: transaction.id, amountMinor, status: 'processing' };
  return {
    change: {
      events: [eventFor(standing, undefined, by, { type: 'operation', data })],
      operation: {
        write: 'insert',
        operationId,
        kind,
        asked,
        transactionId: transaction.id,
        before: transaction.status,
        amountMinor,
      },
    },
    result: (payment) => ({
      kind: 'accepted',
      operation: operationOf(payment.operations, operationId),
      payment,
    }),
  };
}

export function operationOf(
  operations: readonly PaymentOperationView[],
  operationId: string,
): PaymentOperationView {
  const found = operations.find((operation) => operation.operationId === operationId);
  if (!found) throw new Error(`There is no operation ${operationId}`);
  return found;
}

function settle(standing: PaymentStanding, request: PaymentOperationRequest): Settled | Refusal {
  const { payment } = standing;
  const { kind, amount } = request;
  const open = payment.operations.find(({ status }) => status === 'processing' || status === 'in_review');
  if (open) {
    const why = `the ${open.kind} ${open.operationId} of this payment is ${open.status}`;
    const remedy =
      open.status === 'processing' ? 'Wait for its end' : 'A person must settle it before another is taken';
    return { field: 'operationId', why, remedy };
  }
  const transaction = choose(standing, request);
  if ('why' in transaction) return transaction;
  if (kind === 'complete' && payment.purpose === 'card_verification') {
    const why = 'is a card verification: nothing may be taken of what is held for it';
    return { field: 'paymentId', why, remedy: 'Void it, or wait until the provider releases it' };
  }
  if (kind !== 'refund') {
    if (amount === undefined) return { transaction };
    const remedy = 'Leave it out: all that is held is meant';
    return { field: 'amount', why: `does not go with ${kind}`, remedy };
  }
  return settleRefund(standing, transaction, request);
}

/** The one transaction that the operation can be meant for. */
function choose(
  standing: PaymentStanding,
  { kind, transactionId }: PaymentOperationRequest,
): PaymentTransaction | Refusal {
  const { transactions } = standing.payment;
  const allowed = transactions.filter(
    ({ id, status }) => canOperate(kind, status) && (transactionId === undefined || id === transactionId),
  );
  const unspent = allowed.filter((one) => givenBack(standing, one) < standing.payment.amount.minor);
  const fit = unspent.length > 0 ? unspent : allowed.slice(0, 1);
  const [only, ...others] = fit;
  if (only && others.length === 0) return only;
  if (only) {
    const ids = fit.map(({ id }) => id).join(', ');
    return {
      field: 'transactionId',
      why: 'several transactions could be meant',
      remedy: `Name one of ${ids}`,
    };
  }
  const wanted = OPERATION_RULES[kind].from.join(' or ');
  const found = transactions.map(({ id, status }) => `${id} is ${status}`).join(', ') || 'it has none';
  const which =
    transactionId === undefined ? 'no transaction of this payment' : `transaction ${transactionId}`;
  const field = transactionId === undefined ? 'paymentId' : 'transactionId';
  const why = `${which} can be ${DONE[kind]}: it must be ${wanted} (${found})`;
  return { field, why, remedy: `Look how the payment stands before you ask for a ${kind}` };
}

const DONE = { refund: 'refunded', void: 'released', complete: 'taken' } as const;

function doneRefunds(
  { operations }: PaymentStanding,
  { id }: PaymentTransaction,
): readonly PaymentOperationView[] {
  return operations
    .map(({ view }) => view)
    .filter(
      ({ kind, status, transactionId }) => kind === 'refund' && status === 'done' && transactionId === id,
    );
}

/** In minor units, by operations of ours. */
function givenBack(standing: PaymentStanding, transaction: PaymentTransaction): number {
  const whole = standing.payment.amount.minor;
  return doneRefunds(standing, transaction).reduce((sum, { amount }) => sum + (amount?.minor ?? whole), 0);
}

function settleRefund(
  standing: PaymentStanding,
  transaction: PaymentTransaction,
  { amount }: PaymentOperationRequest,
): Settled | Refusal {
  const { minor, currency } = standing.payment.amount;
  const given = givenBack(standing, transaction);
  const left = minor - given;
  if (left <= 0) {
    return {
      field: 'amount',
      why: 'all of it was given back already',
      remedy: 'There is nothing left to refund',
    };
  }
  // Given back by somebody else than us, and nobody says how much of it.
  const elsewhere = transaction.status === 'refunded' && given === 0;
  if (amount === undefined && !elsewhere) {
    return given === 0 ? { transaction } : partOf(transaction, left);
  }
  if (amount === undefined) {
    const why = 'is missing: some of it was given back without this engine, which does not know how much';
    return { field: 'amount', why, remedy: 'Look at the provider, and name the amount' };
  }
  if (amount.currency !== currency) {
    return { field: 'amount.currency', why: `is not that of the payment`, remedy: `Give it in ${currency}` };
  }
  if (amount.minor > left) {
    const why = `is more than the ${formatMoney({ minor: left, currency })} that can be given back`;
    return {
      field: 'amount.minor',
      why,
      remedy: 'Ask for less, or leave the amount out for all that is left',
    };
  }
  return amount.minor === minor && given === 0 && !elsewhere
    ? { transaction }
    : partOf(transaction, amount.minor);

  /** The provider takes a part in the currency that the payer was charged in (8b.world /pay §4.4). */
  function partOf(of: PaymentTransaction, amountMinor: number): Settled | Refusal {
    const { charged } = of;
    if (charged === undefined || charged.currency === currency) return { transaction: of, amountMinor };
    const why = `the payer was charged in ${charged.currency}, so that no part of it can be named in ${currency}`;
    return {
      field: 'amount',
      why,
      remedy: 'Leave the amount out to give back all of it, or use the provider’s portal',
    };
  }
}
