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
import { canMove, isFinal, type PayoutStatus } from '../domain/payout-status.js';
import { describeProblem } from '../domain/problem.js';
import type { Progress } from '../domain/provider-answer.js';
import { asking, journal, polling, sending } from './calls.js';
import { announceOrder, announceStatus, describeNow } from './display.js';
import {
  callbackSignal,
  cancelUpdate,
  createUpdate,
  payoutQuery,
  resolveUpdate,
  returnedSignal,
  type CallbackSignal,
  type CancelResult,
  type CreateResult,
  type PayoutInput,
  type ResolveInput,
  type ResolveResult,
} from './messages.js';

/** Something that came in from outside and may mean that the provider knows more. */
type News = { readonly because: string; readonly proven?: { callbackId: string; proof: Progress } };

/** A provider call on its way: looked at, never awaited, so that news can overtake it. */
interface Underway {
  result?: StepResult;
  error?: unknown;
}

/**
 * One payout, from acceptance to its end: *send → follow the progress → ask again*. It knows steps, never providers.
 * The journal is the judge of every move; this run keeps the last view that the journal gave it.
 *
 * @returns the payout in its final state
 * @throws ApplicationFailure of type `PayoutRefused` or `PayoutConflict` if the request cannot become a payout
 */
export async function payout(input: PayoutInput): Promise<Payout> {
  // Temporal's own cancellation must not cut a payout off from its outcome: it counts as a request to cancel.
  const { cancelRequested } = CancellationScope.current();
  return CancellationScope.nonCancellable(() => lead(input, cancelRequested));
}

async function lead({ request }: PayoutInput, cancelRequested: Promise<never>): Promise<Payout> {
  const key = { merchant: request.merchant, payoutId: request.payoutId };
  const news: News[] = [];
  const heard = new Set<string>();
  let current: Payout | undefined;
  let firstAnswer: CreateResult | undefined;
  /** The status that search shows. */
  let shown: PayoutStatus = 'created';

  setHandler(payoutQuery, () => current);
  setHandler(createUpdate, (again) => CancellationScope.nonCancellable(() => answerCreate(again)));
  setHandler(cancelUpdate, (command) => CancellationScope.nonCancellable(() => cancel(command)));
  setHandler(resolveUpdate, (command) => CancellationScope.nonCancellable(() => resolve(command)));
  setHandler(callbackSignal, hearCallback);
  setHandler(returnedSignal, () => void news.push({ because: 'the recipient came back' }));
  cancelRequested.catch(() =>
    CancellationScope.nonCancellable(() =>
      cancel({ actor: 'temporal', reason: 'Cancellation was requested in Temporal' }),
    ),
  );

  const accepted = await journal.accept({ request });
  if (accepted.kind === 'refused' || accepted.kind === 'conflict') return refuse(accepted);
  current = accepted.payout;
  describeNow(current);
  if (accepted.plan) await follow(accepted.plan);
  else announceOrder(current, current.status);
  firstAnswer ??= { kind: 'payout', payout: current };
  await condition(allHandlersFinished);
  return current;

  /** Leads the payout to a final state, however long that takes. */
  async function follow(plan: Plan): Promise<void> {
    // About to be sent: search shows it as in flight, at no event of its own.
    shown = now().status === 'created' ? 'processing' : now().status;
    announceOrder(now(), shown);
    const [firstStep = 'execute', ...laterSteps] = plan.steps;
    let step = firstStep;
    let call = now().status === 'in_review' ? undefined : send(plan, step, false);

    while (!isFinal(now().status)) {
      await condition(() => isSettled(call) || news.length > 0 || isFinal(now().status) || mayAskAgain(call));
      if (isFinal(now().status)) return;
      const item = news.shift();
      if (item) {
        await hear(plan, item);
      } else if (call?.error !== undefined) {
        log.error('A provider call failed for good', { error: call.error });
        become(
          await review('engine_error', 'The engine could not carry out a provider call; see its history'),
        );
        call = undefined;
      } else {
        const result = call?.result;
        if (result) become(result.payout);
        firstAnswer ??= { kind: 'payout', payout: now() };
        if (isFinal(now().status) || now().status === 'in_review') call = undefined;
        else if (result?.next === 'resend') call = send(plan, step, true);
        else if (result?.next === 'step') call = send(plan, (step = laterSteps.shift() ?? step), false);
        else call = ask(plan);
      }
    }
  }

  /** An operator sent the payout back from review: nothing is on its way, so the poll starts anew. */
  function mayAskAgain(call: Underway | undefined): boolean {
    return call === undefined && now().status !== 'in_review';
  }

  function send(plan: Plan, step: 'register' | 'execute', resend: boolean): Underway {
    const summary = `${resend ? 'send again' : step} · order ${plan.orderId} at ${plan.account}`;
    return watch(sending(plan, summary).takeStep({ key, step, resend }));
  }

  function ask(plan: Plan): Underway {
    const { status } = now();
    const summary = `ask until it is no longer ${status} · order ${plan.orderId} at ${plan.account}`;
    return watch(polling(plan, summary).awaitChange({ key, from: status }));
  }

  async function hear(plan: Plan, { because, proven }: News): Promise<void> {
    try {
      if (proven) return become(await journal.recordProof({ key, ...proven }));
      const summary = `ask once: ${because}`;
      become((await asking(plan, summary).askStatus({ key, because })).payout);
    } catch (error) {
      log.warn('News could not be followed up; the poll goes on', { because, error });
    }
  }

  function now(): Payout {
    if (current === undefined) throw ApplicationFailure.nonRetryable('The payout was not accepted yet');
    return current;
  }

  /** Takes over the journal's view, unless a newer one overtook it. */
  function become(next: Payout): void {
    const { status } = now();
    if (next.status !== status && !canMove(status, next.status)) return;
    current = next;
    describeNow(next);
    if (next.status !== shown) announceStatus(next.status, shown === 'in_review');
    shown = next.status;
    if (next.status !== 'created' && next.status !== 'processing') {
      firstAnswer ??= { kind: 'payout', payout: next };
    }
  }

  function review(code: string, message: string): Promise<Payout> {
    return journal.changeStatus({ key, to: 'in_review', reason: { code, message }, actor: 'engine' });
  }

  async function answerCreate(input: PayoutInput): Promise<CreateResult> {
    await condition(() => firstAnswer !== undefined);
    const first = firstAnswer as CreateResult;
    if (first.kind !== 'payout' || JSON.stringify(input.request) === JSON.stringify(request)) return first;
    const again = await journal.accept({ request: input.request });
    if (again.kind === 'refused' || again.kind === 'conflict') return again;
    return { kind: 'payout', payout: again.payout };
  }

  async function cancel({ actor, reason }: { actor: string; reason: string }): Promise<CancelResult> {
    await condition(() => current !== undefined || firstAnswer !== undefined);
    const outcome = await journal.cancel({ key, actor, reason });
    become(outcome.payout);
    return outcome;
  }

  async function resolve({ verdict, actor, reason }: ResolveInput): Promise<ResolveResult> {
    await condition(() => current !== undefined || firstAnswer !== undefined);
    if (now().status !== 'in_review') {
      return { resolved: false, why: `It is ${now().status}, not in review`, payout: now() };
    }
    const to = ({ paid: 'succeeded', not_paid: 'declined', ask_again: 'processing' } as const)[verdict];
    const code = `operator_${verdict}`;
    const changed = await journal.changeStatus({
      key,
      to,
      reason: { code, message: reason },
      actor,
      why: reason,
    });
    become(changed);
    return { resolved: true, payout: changed };
  }

  function hearCallback({ callbackId, proof }: CallbackSignal): void {
    if (heard.has(callbackId)) return;
    heard.add(callbackId);
    news.push({ because: `callback ${callbackId}`, ...(proof && { proven: { callbackId, proof } }) });
  }

  /** Ends a run that must not become a payout; a failed run leaves the id free for a corrected request. */
  async function refuse(result: Extract<AcceptResult, { kind: 'refused' | 'conflict' }>): Promise<never> {
    firstAnswer = result;
    await condition(allHandlersFinished);
    throw result.kind === 'refused'
      ? ApplicationFailure.nonRetryable(result.problems.map(describeProblem).join(' · '), FAILURE.refused)
      : ApplicationFailure.nonRetryable(
          `The payout id belongs to a payout with other content, created ${result.original.createdAt}`,
          FAILURE.conflict,
        );
  }
}

function watch(call: Promise<StepResult>): Underway {
  const underway: Underway = {};
  call.then(
    (result) => (underway.result = result),
    (error: unknown) => (underway.error = error ?? new Error('failed')),
  );
  return underway;
}

function isSettled(call: Underway | undefined): boolean {
  return call?.result !== undefined || call?.error !== undefined;
}
