import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  log,
  setHandler,
} from '@temporalio/workflow';
import type { AcceptPaymentResult, PaymentPlan, PaymentStepResult } from '../activities/payments/contract.js';
import { FAILURE } from '../domain/failure-types.js';
import { isFinalPayment, isSettledPayment } from '../domain/payment-moves.js';
import type { PaymentStatus } from '../domain/payment-status.js';
import type { PaymentTransaction } from '../domain/payment-transaction.js';
import type { Payment } from '../domain/payment.js';
import { effectOf, standsBy } from '../domain/verdict.js';
import { answerAgain } from './answer-again.js';
import { asking, journal, polling, sending } from './calls.js';
import { announceOrder, announceStatus } from './display.js';
import { describePayment } from './display-payment.js';
import {
  callbackSignal,
  createPaymentUpdate,
  operatedSignal,
  paymentStateQuery,
  resolvePaymentUpdate,
  returnedSignal,
  type CreatePaymentResult,
  type PaymentInput,
  type PaymentState,
  type ResolveInput,
  type ResolvePaymentResult,
} from './messages.js';
import { createNewsDesk, type NewsItem } from './news-desk.js';
import { refusal } from './refusal.js';
import { isSettled, watch, watchStoppable, type Underway } from './underway.js';
import { waitForResume, type Resumed } from './wait-for-resume.js';

/**
 * One payment, from acceptance to its end: *begin → follow the payer's tries → ask again*. The journal is the judge of
 * every move, and the order rule (`domain/payment-status.ts`) decides what the tries of one order come to.
 *
 * @returns the payment in its final state
 * @throws ApplicationFailure of type `PayoutRefused` or `PayoutConflict` if the request cannot become a payment
 */
export async function payment(input: PaymentInput): Promise<Payment> {
  // Temporal's own cancellation must not cut a payment off from its outcome: the payer may be paying.
  return CancellationScope.nonCancellable(() => lead(input));
}

async function lead({ request, callId, actor: creator }: PaymentInput): Promise<Payment> {
  const key = { merchant: request.merchant, paymentId: request.paymentId };
  const news = createNewsDesk<readonly PaymentTransaction[]>();
  let state: PaymentState = { kind: 'accepting' };
  let answer: CreatePaymentResult | undefined;
  /** The status that search shows. */
  let shown: PaymentStatus = 'created';

  setHandler(paymentStateQuery, () => state);
  setHandler(createPaymentUpdate, (again) => CancellationScope.nonCancellable(() => answerCreate(again)));
  setHandler(resolvePaymentUpdate, (command) => CancellationScope.nonCancellable(() => resolve(command)));
  setHandler(callbackSignal, ({ callbackId, transactions }) =>
    news.callback({ callbackId, proof: transactions }),
  );
  setHandler(returnedSignal, () => news.returned());
  setHandler(operatedSignal, () => news.operated());

  const accepted = await journal.acceptPayment({ request, actor: creator });
  if (accepted.kind === 'refused' || accepted.kind === 'conflict') return refuse(accepted);
  state = { kind: 'payment', payment: accepted.payment };
  describePayment(accepted.payment);
  // About to be sent: search shows it as in flight, at no event of its own.
  shown = now().status === 'created' ? 'processing' : now().status;
  announceOrder(now(), shown);
  if (shown !== 'processing') sayFirst();
  if (accepted.plan) await follow(accepted.plan);
  sayFirst();
  await condition(allHandlersFinished);
  if (accepted.plan) await hearTheRest(accepted.plan);
  // What was asked meanwhile is answered too.
  await condition(allHandlersFinished);
  if (!isFinalPayment(now().status)) throw cannotGoOn();
  return now();

  /** Leads the payment to a final state, however long that takes. */
  async function follow(plan: PaymentPlan): Promise<void> {
    let call: Underway<PaymentStepResult | Resumed> | undefined =
      now().status === 'in_review' ? undefined : begin(plan);
    let askedAtOnce = false;

    while (!isFinalPayment(now().status)) {
      await condition(
        () => isSettled(call) || news.waiting() || isFinalPayment(now().status) || mayAskAgain(call),
      );
      if (isFinalPayment(now().status)) break;
      const item = news.next();
      if (item) {
        await hear(plan, item);
      } else if (call?.error !== undefined) {
        log.error('A provider call failed for good', { error: call.error });
        await review('engine_error', 'The engine could not carry out a provider call; see its history');
        call = undefined;
      } else {
        const result = call?.result;
        if (result && result.next !== 'resumed') become(result.payment);
        if (isSettledPayment(now().status)) call = undefined;
        else if (result?.next === 'restart') call = begin(plan, result.of);
        else if (result?.next === 'stopped') {
          sayFirst();
          call = waitForResume(result.stop, now());
        } else if (result?.next === 'resumed') call = begin(plan);
        else if (now().status === 'processing' && !askedAtOnce) {
          askedAtOnce = true;
          call = askAtOnce(plan);
        } else {
          sayFirst();
          call = ask(plan);
        }
      }
    }
    call?.stop?.();
  }

  /** An operator sent the payment back from review: nothing is on its way, so the poll starts anew. */
  function mayAskAgain(call: Underway<unknown> | undefined): boolean {
    return call === undefined && now().status !== 'in_review';
  }

  function begin(plan: PaymentPlan, restartOf?: number): Underway<PaymentStepResult> {
    const what = restartOf === undefined ? 'begin' : `begin again, after call ${restartOf}`;
    return watch(sending(plan, `${what} at ${plan.account}`).startPayment({ key, restartOf }));
  }

  /** A start without an answer is asked about before the poll begins: the caller waits for a page. */
  function askAtOnce(plan: PaymentPlan): Underway<PaymentStepResult> {
    const because = 'the start has no outcome';
    const asked = asking(plan, `ask once: ${because}`).askPayment({ key, because });
    return watch(asked.catch((): PaymentStepResult => ({ payment: now(), next: 'ask' })));
  }

  function ask(plan: PaymentPlan): Underway<PaymentStepResult> {
    const { status } = now();
    return watchStoppable(() =>
      polling(plan, `wait while it is ${status}`).awaitPayment({ key, from: status }),
    );
  }

  async function hear(
    plan: PaymentPlan,
    { because, proven }: NewsItem<readonly PaymentTransaction[]>,
  ): Promise<void> {
    try {
      if (proven) {
        const { callbackId, proof: transactions } = proven;
        return become(await journal.recordPaymentNews({ key, callbackId, transactions }));
      }
      become((await asking(plan, `ask once: ${because}`).askPayment({ key, because })).payment);
    } catch (error) {
      log.warn('News could not be followed up', { because, error });
    }
  }

  /** Callbacks that came in while the end was being written down. */
  async function hearTheRest(plan: PaymentPlan): Promise<void> {
    for (let item = news.next(); item; item = news.next()) if (item.isCallback) await hear(plan, item);
  }

  function now(): Payment {
    if (state.kind === 'payment') return state.payment;
    throw ApplicationFailure.nonRetryable('This request did not become a payment', FAILURE.refused);
  }

  /** Takes over the journal's view, unless a newer one is here already. */
  function become(next: Payment): void {
    if (next.version <= now().version) return;
    state = { kind: 'payment', payment: next };
    describePayment(next);
    if (next.status !== shown) announceStatus(next.status, shown === 'in_review');
    shown = next.status;
    if (next.status !== 'created' && next.status !== 'processing') sayFirst();
  }

  /** The answer to `create` is given once, with the first state worth telling. */
  function sayFirst(): void {
    answer ??= { kind: 'payment', payment: now(), callId };
  }

  async function review(code: string, message: string): Promise<void> {
    const reason = { code, message };
    become((await journal.changePayment({ key, to: 'in_review', reason, actor: 'engine' })).payment);
  }

  function answerCreate({ request: again, callId: by }: PaymentInput): Promise<CreatePaymentResult> {
    return answerAgain({
      first: () => answer,
      isTaken: ({ kind }) => kind === 'payment',
      ownCallId: callId,
      callId: by,
      repeat: async () => {
        const repeated = await journal.acceptPayment({ request: again, actor: creator });
        if (repeated.kind === 'refused' || repeated.kind === 'conflict') return { ...repeated, callId: by };
        return { kind: 'payment', payment: repeated.payment, callId: by };
      },
    });
  }

  async function resolve(command: ResolveInput): Promise<ResolvePaymentResult> {
    await condition(() => state.kind !== 'accepting');
    if (now().status !== 'in_review') {
      if (standsBy(command, now())) return { resolved: true, payment: now() };
      return { resolved: false, why: `It is ${now().status}, not in review`, payment: now() };
    }
    const { actor, reason: why } = command;
    const change = await journal.changePayment({ key, from: 'in_review', actor, why, ...effectOf(command) });
    become(change.payment);
    if (change.changed || standsBy(command, change.payment))
      return { resolved: true, payment: change.payment };
    return { resolved: false, why: change.why, payment: change.payment };
  }

  /** Ends a run that must not become a payment. It fails, so that Temporal lets a later request use the id. */
  async function refuse(
    result: Extract<AcceptPaymentResult, { kind: 'refused' | 'conflict' }>,
  ): Promise<never> {
    state = result;
    answer = { ...result, callId };
    await condition(allHandlersFinished);
    throw refusal(result, 'The payment id belongs to a payment with other content');
  }

  /** Known to the journal and not final, but its account is not configured here. Failing lets `create` take it up later. */
  function cannotGoOn(): ApplicationFailure {
    return ApplicationFailure.nonRetryable(
      `The payment is ${now().status}, but no worker has its account ${now().account}: ` +
        'add it to the accounts file, then repeat the create call to take the payment up again',
      FAILURE.misconfigured,
    );
  }
}
