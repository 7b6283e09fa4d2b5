import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  getExternalWorkflowHandle,
  log,
  setHandler,
} from '@temporalio/workflow';
import type { OperatedPayment, PaymentPlan } from '../activities/payments/contract.js';
import { FAILURE } from '../domain/failure-types.js';
import { paymentWorkflowIdOf } from '../domain/ids.js';
import { isFinalPayment } from '../domain/payment-moves.js';
import { answerAgain } from './answer-again.js';
import { journal, polling, sending, waiting } from './calls.js';
import { announceReview } from './display.js';
import { describeOperation } from './display-payment.js';
import { operatedSignal, operateUpdate, type OperateResult, type OperationInput } from './messages.js';
import { refusal } from './refusal.js';

/**
 * One refund, void or complete of a payment: sent once; then, unless the answer was the proof, the transaction's status
 * tells, or a person must.
 *
 * @returns the operation as it ended, and the payment as it then stood
 * @throws ApplicationFailure of type `PayoutRefused` or `PayoutConflict` if it cannot be done
 */
export async function paymentOperation(input: OperationInput): Promise<OperatedPayment> {
  // Whatever was sent must be followed to its end.
  return CancellationScope.nonCancellable(() => lead(input));
}

async function lead({ request, actor, reason, callId }: OperationInput): Promise<OperatedPayment> {
  const { merchant, paymentId, operationId } = request;
  const key = { merchant, paymentId, operationId };
  let answer: OperateResult | undefined;

  setHandler(operateUpdate, (again) => CancellationScope.nonCancellable(() => answerCaller(again)));

  const accepted = await journal.acceptOperation({ request, actor, reason });
  if (accepted.kind === 'refused' || accepted.kind === 'conflict') {
    answer = { ...accepted, callId };
    await condition(allHandlersFinished);
    throw refusal(accepted, 'The operation id belongs to an operation with other content');
  }
  const { operation, payment, plan } = accepted;
  const before = payment.status;
  let stands: OperatedPayment = { operation, payment };
  describeOperation(stands);
  if (plan) become(await carryOut(plan));
  tell();
  await condition(allHandlersFinished);
  if (stands.operation.status === 'processing') throw cannotGoOn();
  if (stands.operation.status === 'in_review') announceReview();
  // The run of a payment that waits (held, in review) must hear of it; one that has ended needs not.
  if (plan && !isFinalPayment(before)) await wakePayment();
  return stands;

  async function carryOut(plan: PaymentPlan): Promise<OperatedPayment> {
    const { kind } = operation;
    try {
      for (;;) {
        const sent = await sending(plan, `${kind} at ${plan.account}`).operatePayment({ key });
        become(sent);
        if (!('stop' in sent)) break;
        // A caller need not wait for an operator.
        tell();
        const { merchant, account, provider } = sent.payment;
        await waiting(sent.stop).awaitResume({ merchant, account, provider });
      }
      // A caller need not wait for what may take hours.
      if (stands.operation.status === 'processing') tell();
      else return stands;
      return await polling(plan, `wait for the proof of ${kind}`).awaitOperation({ key });
    } catch (error) {
      log.error('A provider call failed for good', { error });
      const message = 'The engine could not carry out a provider call; see its history';
      return journal.reviewOperation({ key, reason: { code: 'engine_error', message } });
    }
  }

  function become(next: OperatedPayment): void {
    stands = next;
    describeOperation(next);
  }

  function tell(): void {
    answer ??= { kind: 'operation', ...stands, callId };
  }

  function answerCaller({ callId: by, ...again }: OperationInput): Promise<OperateResult> {
    return answerAgain({
      first: () => answer,
      isTaken: ({ kind }) => kind === 'operation',
      ownCallId: callId,
      callId: by,
      repeat: async () => {
        const repeated = await journal.acceptOperation(again);
        if (repeated.kind === 'refused' || repeated.kind === 'conflict') return { ...repeated, callId: by };
        const { operation: known, payment: paid } = repeated;
        return { kind: 'operation', operation: known, payment: paid, callId: by };
      },
    });
  }

  async function wakePayment(): Promise<void> {
    try {
      await getExternalWorkflowHandle(paymentWorkflowIdOf(key)).signal(operatedSignal);
    } catch (error) {
      log.info('The payment has no run that could hear of it', { error });
    }
  }

  function cannotGoOn(): ApplicationFailure {
    return ApplicationFailure.nonRetryable(
      `The ${operation.kind} is not carried out: no worker has the account ${payment.account}. ` +
        'Add it to the accounts file, then repeat the call to take it up again',
      FAILURE.misconfigured,
    );
  }
}
