import { WorkflowNotFoundError, type WorkflowHandle } from '@temporalio/client';
import { accountIdOf, otherwise, parseTimeSpan } from './accounts.js';
import { askWithStart } from './ask-with-start.js';
import { aboutPayment } from './call-words.js';
import {
  OperationConflictError,
  PaymentConflictError,
  PaymentNotFoundError,
  PayoutInvalidError,
} from './errors.js';
import { inquire, unexpected } from './inquiries.js';
import type {
  OperatedPayment,
  OperationOptions,
  PaymentKeyInput,
  PaymentsClient,
  RefundOptions,
} from './payments-client.js';
import type { AskedBy } from './payout-client.js';
import { paymentIfAny, paymentNotAccepted } from './run-state.js';
import { operationStartOptions, paymentStartOptions } from './start-options.js';
import type { TemporalCalls } from './temporal-calls.js';
import { waitForRun } from './wait-for-run.js';
import { merchantActor } from '../domain/actor.js';
import { paymentWorkflowIdOf, type PaymentKey } from '../domain/ids.js';
import { isSettledPayment } from '../domain/payment-moves.js';
import type { OperationKind } from '../domain/payment-transaction.js';
import type { Payment } from '../domain/payment.js';
import { standsBy } from '../domain/verdict.js';
import { parsePaymentFilter, parsePaymentKey, parsePaymentOperationKey } from '../schemas/payment-key.js';
import { parsePaymentOperation } from '../schemas/payment-operation.js';
import { parsePaymentRequest } from '../schemas/payment-request.js';
import {
  createPaymentUpdate,
  operatedSignal,
  operateUpdate,
  PAYMENT_OPERATION_WORKFLOW,
  PAYMENT_WORKFLOW,
  paymentStateQuery,
  resolvePaymentUpdate,
  type CreatePaymentResult,
  type OperateResult,
  type OperationInput,
  type PaymentInput,
} from '../workflows/messages.js';

const DEFAULT_PAGE = 50;

export function paymentsClient(calls: TemporalCalls & AskedBy): PaymentsClient {
  const { temporal } = calls;
  const handleOf = (key: PaymentKey): WorkflowHandle => temporal.workflow.getHandle(paymentWorkflowIdOf(key));
  const get = async (key: PaymentKey): Promise<Payment> =>
    paymentIn(await inquire(calls, { ask: 'payment', key }));

  async function operate(
    kind: OperationKind,
    input: PaymentKeyInput,
    { actor, reason, ...options }: OperationOptions & Pick<RefundOptions, 'amount'>,
  ): Promise<OperatedPayment> {
    const { merchant, paymentId } = keyOf(input);
    const parsed = parsePaymentOperation({ merchant, paymentId, kind, ...options });
    if (!parsed.ok) throw new PayoutInvalidError(parsed.problems);
    const { request } = parsed;
    const asked = {
      workflow: PAYMENT_OPERATION_WORKFLOW,
      options: operationStartOptions(request),
      update: operateUpdate,
      input: { request, actor: actor ?? calls.actor ?? merchantActor(merchant), reason },
      isTaken: ({ kind: answer }: OperateResult) => answer === 'operation',
    };
    return operatedIn(
      await calls.calling(aboutPayment(request), () =>
        askWithStart<OperationInput, OperateResult>(temporal, asked),
      ),
    );
  }

  return {
    async create(input, { actor = calls.actor } = {}) {
      const parsed = parsePaymentRequest(input);
      if (!parsed.ok) throw new PayoutInvalidError(parsed.problems);
      const { request } = parsed;
      const answer = await calls.calling(aboutPayment(request), () =>
        askWithStart<PaymentInput, CreatePaymentResult>(temporal, {
          workflow: PAYMENT_WORKFLOW,
          options: paymentStartOptions(request),
          update: createPaymentUpdate,
          input: { request, actor },
          isTaken: ({ kind }) => kind === 'payment',
        }),
      );
      return createdIn(answer);
    },

    get: async (input) => get(keyOf(input)),

    async wait(input, { timeoutMs, until = 'settled' } = {}) {
      const key = keyOf(input);
      const payment = await waitForRun<Payment>(
        {
          look: async () =>
            paymentIfAny(
              key,
              await calls.calling(aboutPayment(key), () => calls.query(handleOf(key), paymentStateQuery)),
            ),
          isEnough: ({ status }) =>
            isSettledPayment(status) ||
            (until === 'answered' && (status === 'action_required' || status === 'held')),
          ended: (signal) => calls.endOf(handleOf(key), signal),
        },
        timeoutMs,
      ).catch(async (error: unknown) => {
        // Temporal forgets; the journal does not.
        if (error instanceof PaymentNotFoundError) return get(key);
        throw error;
      });
      if (!payment) throw paymentNotAccepted(key);
      // A run tells how the payment ended; what was given back since stands in the journal.
      return isSettledPayment(payment.status) ? get(key) : payment;
    },

    async list(filter = {}, { limit = DEFAULT_PAGE, cursor } = {}) {
      const parsed = parsePaymentFilter(filter);
      if (!parsed.ok) throw new PayoutInvalidError(parsed.problems);
      const result = await inquire(calls, { ask: 'payments', filter: parsed.filter, limit, cursor });
      if (result.kind !== 'payments') throw unexpected(result);
      const { items, nextCursor } = result;
      return nextCursor === undefined ? { items } : { items, nextCursor };
    },

    refund: (input, options) => operate('refund', input, options),
    void: (input, options) => operate('void', input, options),
    complete: (input, options) => operate('complete', input, options),

    async resolve(input, command) {
      const key = keyOf(input);
      return calls.calling(aboutPayment(key), async () => {
        try {
          return await handleOf(key).executeUpdate(resolvePaymentUpdate, { args: [command] });
        } catch (error) {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
          const payment = await get(key);
          if (standsBy(command, payment)) return { resolved: true as const, payment };
          return { resolved: false as const, why: ENDED, payment };
        }
      });
    },

    async report(account, span) {
      const asked = { account: accountIdOf(account), span: parseTimeSpan(span) };
      const result = await inquire(calls, { ask: 'payment_report', ...asked });
      if (result.kind === 'payment_report') return result.answer;
      throw otherwise(result);
    },

    async settle(input, { verdict, actor, reason }) {
      const parsed = parsePaymentOperationKey(input);
      if (!parsed.ok) throw new PayoutInvalidError(parsed.problems);
      const { key } = parsed;
      const answer = await inquire(calls, { ask: 'settle_operation', key, verdict, actor, reason });
      if (answer.kind === 'refused') throw notInReview(answer.words);
      const payment = paymentIn(answer);
      // A run that waits should look at once; one that has ended needs not.
      await handleOf(key)
        .signal(operatedSignal)
        .catch(() => undefined);
      return payment;
    },
  };
}

function notInReview(problem: string): PayoutInvalidError {
  const remedy = 'Only what nobody can prove is settled by a person: look how it stands';
  return new PayoutInvalidError([{ field: 'operationId', problem, remedy }]);
}

const ENDED =
  'Its workflow has ended: settle its operation, give a second charge back, or repeat the create call to take it up again';

function paymentIn(result: Awaited<ReturnType<typeof inquire>>): Payment {
  if (result.kind === 'payment') return result.payment;
  throw result.kind === 'not_found' ? new PaymentNotFoundError(result.words) : unexpected(result);
}

function createdIn(result: CreatePaymentResult): Payment {
  switch (result.kind) {
    case 'payment':
      return result.payment;
    case 'refused':
      throw new PayoutInvalidError(result.problems);
    case 'conflict':
      throw new PaymentConflictError(result.original);
  }
}

function operatedIn(result: OperateResult): OperatedPayment {
  switch (result.kind) {
    case 'operation':
      return { operation: result.operation, payment: result.payment };
    case 'refused':
      throw new PayoutInvalidError(result.problems);
    case 'conflict':
      throw new OperationConflictError(result.original);
  }
}

function keyOf(input: PaymentKeyInput): PaymentKey {
  const parsed = parsePaymentKey(input);
  if (!parsed.ok) throw new PayoutInvalidError(parsed.problems);
  return parsed.key;
}
