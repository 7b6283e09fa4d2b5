import { createHash } from 'node:crypto';
import {
  OperationConflictError,
  PaymentConflictError,
  PaymentNotFoundError,
  PayoutInvalidError,
} from '../../client/errors.js';
import type {
  OperatedPayment,
  OperationOptions,
  PaymentKeyInput,
  PaymentsClient,
} from '../../client/payments-client.js';
import type { OrderId, PaymentKey } from '../../domain/ids.js';
import type { OperationKind } from '../../domain/payment-transaction.js';
import type { Journal } from '../../journal/port.js';
import { parsePaymentOperation } from '../../schemas/payment-operation.js';
import { parsePaymentRequest } from '../../schemas/payment-request.js';

/** Accepts at once as the workflow would; nothing is sent. */
export function fakePayments({ payments }: Journal): PaymentsClient {
  const operate =
    (kind: OperationKind) =>
    async (
      key: PaymentKeyInput,
      { actor = 'nobody', reason, ...options }: OperationOptions,
    ): Promise<OperatedPayment> => {
      const { merchant, paymentId } = key;
      const parsed = parsePaymentOperation({ merchant, paymentId, kind, ...options });
      if (!parsed.ok) throw new PayoutInvalidError(parsed.problems);
      const accepted = await payments.acceptOperation(parsed.request, { actor, reason });
      if (accepted.kind === 'conflict') throw new OperationConflictError(accepted.original);
      if (accepted.kind === 'refused') {
        const { field, why: problem, remedy } = accepted;
        throw new PayoutInvalidError([{ field, problem, remedy }]);
      }
      return accepted;
    };
  return {
    async create(input, { actor = 'nobody' } = {}) {
      const parsed = parsePaymentRequest(input);
      if (!parsed.ok) throw new Error('the gateway let a bad request through');
      const { request } = parsed;
      const accepted = await payments.accept({
        request,
        provider: 'fake',
        orderId: `pm-${request.merchant}-${request.paymentId}` as OrderId,
        contentFingerprint: createHash('sha256').update(JSON.stringify(request)).digest('hex'),
        actor,
      });
      if (accepted.kind === 'order_id_taken') throw new Error('order id taken');
      if (accepted.kind === 'conflict') throw new PaymentConflictError(accepted.original);
      return accepted.payment;
    },
    refund: operate('refund'),
    void: operate('void'),
    complete: operate('complete'),
    async resolve(key, { actor }) {
      const payment = await payments.get(key as PaymentKey);
      if (!payment) throw new Error('no such payment');
      return payment.status === 'in_review'
        ? { resolved: true, payment }
        : { resolved: false, why: `It is ${payment.status}, says ${actor}`, payment };
    },
    async settle(key, { verdict: status, actor, reason: message }) {
      const known = await payments.get(key as PaymentKey);
      if (!known?.operations.some(({ operationId }) => operationId === key.operationId)) {
        throw new PaymentNotFoundError('There is no such operation');
      }
      const reason = { code: `operator_${status}`, message };
      const ended = await payments.settleOperation(key as never, { status, reason }, { actor });
      return ended.payment;
    },
    report: () =>
      Promise.resolve({
        kind: 'answered',
        lines: [
          {
            ...{ verdict: 'unknown_to_us', transactionId: '7', orderId: 'o', differences: [] },
            reported: { status: 'paid', minor: 100, currency: 'EUR' },
          },
        ],
      }),
    get: () => Promise.reject(new Error('the gateway reads the journal')),
    wait: () => Promise.reject(new Error('the gateway does not wait')),
    list: () => Promise.reject(new Error('the gateway reads the journal')),
  };
}
