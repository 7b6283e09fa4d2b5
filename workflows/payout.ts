import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  log,
  setHandler,
} from '@temporalio/workflow';
import type { AcceptResult, Plan, StepResult } from '../activities/contract.js';
import { FAILURE } from '../domain/failure-types.js';
import type { Payout } from '../domain/payout.js';
import { isFinal, type PayoutStatus } from '../domain/payout-status.js';
import { effectOf, standsBy } from '../domain/verdict.js';
import { answerAgain } from './answer-again.js';
import { asking, askingLate, journal, polling, sending } from './calls.js';
import { announceOrder, announceStatus, describeNow } from './display.js';
import {
  callbackSignal,
  cancelUpdate,
  createUpdate,
  resolveUpdate,
  returnedSignal,
  stateQuery,
  type CancelInput,
  type CancelResult,
  type CreateInput,
  type CreateResult,
  type PayoutInput,
  type ResolveInput,
  type ResolveResult,
  type RunState,
} from './messages.js';
import { createNewsDesk, type NewsItem } from './news-desk.js';
import { refusal } from './refusal.js';
import { createReviewPoll } from './review-poll.js';
import { isSettled, watch, watchStoppable, type Underway } from './underway.js';
import { asksInReview } from './versions.js';
import { waitForResume, type Resumed } from './wait-for-resume.js';

/**
 * One payout, from acceptance to its end: *send → follow the progress → ask again*. It knows steps, never providers.
 * The journal is the judge of every move; this run keeps the newest view that the journal gave it.
 *
 * @returns the payout in its final state
 * @throws ApplicationFailure of type `PayoutRefused` or `PayoutConflict` if the request cannot become a payout
 */
export async function payout(input: PayoutInput): Promise<Payout> {
  // Temporal's own cancellation must not cut a payout off from its outcome: it counts as a request to cancel.
  const { cancelRequested } = CancellationScope.current();
  return CancellationScope.nonCancellable(() => lead(input, cancelRequested));
}

async function lead(
  { request, content, callId, startId = callId, actor: creator }: PayoutInput,
  cancelRequested: Promise<never>,
): Promise<Payout> {
  const key = { merchant: request.merchant, payoutId: request.payoutId };
  const news = createNewsDesk();
  let state: RunState = { kind: 'accepting' };
  let answer: CreateResult | undefined;
  /** The status that search shows. */
  let shown: PayoutStatus = 'created';

  setHandler(stateQuery, () => state);
  setHandler(createUpdate, (again) => CancellationScope.nonCancellable(() => answerCreate(again)));
  setHandler(cancelUpdate, (command) => CancellationScope.nonCancellable(() => cancel(command)));
  setHandler(resolveUpdate, (command) => CancellationScope.nonCancellable(() => resolve(command)));
  setHandler(callbackSignal, (callback) => news.callback(callback));
  setHandler(returnedSignal, () => news.returned());
  cancelRequested.catch(() =>
    CancellationScope.nonCancellable(() =>
      cancel({ actor: 'temporal', reason: 'Cancellation was requested in Temporal' }),
    ).catch((error: unknown) => log.warn('A cancellation came to nothing', { error })),
  );

  const accepted = await journal.accept({ request, actor: creator });
  if (accepted.kind === 'refused' || accepted.kind === 'conflict') return refuse(accepted);
  state = { kind: 'payout', payout: accepted.payout, content };
  describeNow(accepted.payout);
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
  if (!isFinal(now().status)) throw cannotGoOn();
  return now();

  /** Leads the payout to a final state, however long that takes. */
  async function follow(plan: Plan): Promise<void> {
    const [firstStep = 'execute', ...laterSteps] = plan.steps;
    let step = firstStep;
    let call: Underway<StepResult | Resumed> | undefined =
      now().status === 'in_review' ? undefined : send(plan, step);
    const reviewPoll = createReviewPoll(() => askForProof(plan));

    while (!isFinal(now().status)) {
      reviewPoll.keepTo(now().status === 'in_review' && asksInReview());
      await condition(
        () =>
          isSettled(call) ||
          news.waiting() ||
          isFinal(now().status) ||
          mayAskAgain(call) ||
          reviewPoll.hasNews(),
      );
      if (isFinal(now().status)) break;
      const item = news.next();
      if (item) {
        await hear(plan, item);
      } else if (reviewPoll.hasNews()) {
        const { result, error } = reviewPoll.takeNews();
        if (result) become(result);
        else log.warn('The provider cannot be asked any more while this is in review', { error });
      } else if (call?.error !== undefined) {
        log.error('A provider call failed for good', { error: call.error });
        await review('engine_error', 'The engine could not carry out a provider call; see its history');
        call = undefined;
      } else {
        const result = call?.result;
        if (result && result.next !== 'resumed') become(result.payout);
        sayFirst();
        if (isFinal(now().status) || now().status === 'in_review') call = undefined;
        else if (result?.next === 'resend') call = send(plan, step, result.of);
        else if (result?.next === 'stopped') call = waitForResume(result.stop, now());
        else if (result?.next === 'resumed') call = send(plan, step);
        else if (result?.next === 'step') call = send(plan, (step = laterSteps.shift() ?? step));
        else call = ask(plan);
      }
    }
    call?.stop?.();
    reviewPoll.keepTo(false);
  }

  /** An operator sent the payout back from review: nothing is on its way, so the poll starts anew. */
  function mayAskAgain(call: Underway<unknown> | undefined): boolean {
    return call === undefined && now().status !== 'in_review';
  }

  function send(plan: Plan, step: 'register' | 'execute', resendOf?: number): Underway<StepResult> {
    const what = resendOf === undefined ? step : `${step} again, after attempt ${resendOf}`;
    const summary = `${what} at ${plan.account}`;
    return watch(sending(plan, summary).takeStep({ key, step, resendOf }));
  }

  function ask(plan: Plan): Underway<StepResult> {
    const { status } = now();
    const summary = `wait while it is ${status}`;
    return watchStoppable(() => polling(plan, summary).awaitChange({ key, from: status }));
  }

  function askForProof(plan: Plan): Underway<Payout> {
    return watchStoppable(() => polling(plan, 'ask while it is in review').awaitProof({ key }));
  }

  async function hear(plan: Plan, { because, proven }: NewsItem): Promise<void> {
    try {
      if (proven) return become(await journal.recordProof({ key, ...proven }));
      const summary = `ask once: ${because}`;
      if (isFinal(now().status)) {
        become((await askingLate(plan, summary).askStatus({ key, because, mustAnswer: true })).payout);
      } else {
        // In review no poll may ask again.
        const mustAnswer = now().status === 'in_review';
        become((await asking(plan, summary).askStatus({ key, because, mustAnswer })).payout);
      }
    } catch (error) {
      log.warn('News could not be followed up', { because, error });
    }
  }

  /** Callbacks that came in while the end was being written down: a proof is recorded, a "not paid" asked about again. */
  async function hearTheRest(plan: Plan): Promise<void> {
    for (let item = news.next(); item; item = news.next()) {
      if (item.proven || (item.isCallback && now().status !== 'succeeded')) await hear(plan, item);
    }
  }

  function now(): Payout {
    if (state.kind === 'payout') return state.payout;
    throw ApplicationFailure.nonRetryable('This request did not become a payout', FAILURE.refused);
  }

  /** Takes over the journal's view, unless a newer one is here already. */
  function become(next: Payout): void {
    if (next.version <= now().version) return;
    state = { kind: 'payout', payout: next, content };
    describeNow(next);
    if (next.status !== shown) announceStatus(next.status, shown === 'in_review');
    shown = next.status;
    if (next.status !== 'created' && next.status !== 'processing') sayFirst();
  }

  /** The answer to `create` is given once, with the first state worth telling. */
  function sayFirst(): void {
    answer ??= { kind: 'payout', payout: now(), callId: startId };
  }

  async function review(code: string, message: string): Promise<void> {
    const reason = { code, message };
    become((await journal.changeStatus({ key, to: 'in_review', reason, actor: 'engine' })).payout);
  }

  function answerCreate({ request: again, callId: by }: CreateInput): Promise<CreateResult> {
    return answerAgain({
      first: () => answer,
      isTaken: ({ kind }) => kind === 'payout',
      ownCallId: callId,
      callId: by,
      repeat: async () => {
        const repeated = await journal.accept({ request: again, actor: creator });
        if (repeated.kind === 'refused' || repeated.kind === 'conflict') return { ...repeated, callId: by };
        return { kind: 'payout', payout: repeated.payout, callId: by };
      },
    });
  }

  async function cancel({ actor, reason }: CancelInput): Promise<CancelResult> {
    await condition(() => state.kind !== 'accepting');
    now();
    const outcome = await journal.cancel({ key, actor, reason });
    become(outcome.payout);
    return outcome;
  }

  async function resolve(command: ResolveInput): Promise<ResolveResult> {
    await condition(() => state.kind !== 'accepting');
    if (now().status !== 'in_review') {
      if (standsBy(command, now())) return { resolved: true, payout: now() };
      return { resolved: false, why: `It is ${now().status}, not in review`, payout: now() };
    }
    const { actor, reason: why } = command;
    const change = await journal.changeStatus({ key, from: 'in_review', actor, why, ...effectOf(command) });
    become(change.payout);
    if (change.changed || standsBy(command, change.payout)) return { resolved: true, payout: change.payout };
    return { resolved: false, why: change.why, payout: change.payout };
  }

  /** Ends a run that must not become a payout. It fails, so that Temporal lets a later request use the id. */
  async function refuse(result: Extract<AcceptResult, { kind: 'refused' | 'conflict' }>): Promise<never> {
    state = result;
    answer = { ...result, callId: startId };
    await condition(allHandlersFinished);
    const created = result.kind === 'conflict' ? `, created ${result.original.createdAt}` : '';
    throw refusal(result, `The payout id belongs to a payout with other content${created}`);
  }

  /** Known to the journal and not final, but its account is not configured here. Failing lets `create` take it up later. */
  function cannotGoOn(): ApplicationFailure {
    return ApplicationFailure.nonRetryable(
      `The payout is ${now().status}, but no worker has its account ${now().account}: ` +
        'add it to the accounts file, then repeat the create call to take the payout up again',
      FAILURE.misconfigured,
    );
  }
}
