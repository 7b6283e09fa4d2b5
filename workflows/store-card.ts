import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  log,
  setHandler,
} from '@temporalio/workflow';
import type { AcceptCardResult, StoppedCard, StorePlan } from '../activities/contract.js';
import { FAILURE } from '../domain/failure-types.js';
import type { StoredCardView } from '../domain/stored-card.js';
import { isSettledStoredCard } from '../domain/stored-card-status.js';
import { answerAgain } from './answer-again.js';
import { asking, journal, polling, sending } from './calls.js';
import { announceCard, describeCard } from './display-card.js';
import {
  callbackSignal,
  returnedSignal,
  storeCardStateQuery,
  storeCardUpdate,
  type StoreCardInput,
  type StoreCardResult,
  type StoreCardState,
} from './messages.js';
import { createNewsDesk } from './news-desk.js';
import { refusal } from './refusal.js';
import { isSettled, watch, watchStoppable, type Underway } from './underway.js';
import { waitForResume, type Resumed } from './wait-for-resume.js';

/**
 * Has a provider store one card: *send → follow the progress → ask again*, as with payouts, with the owner's 3-D
 * Secure in between where the provider asks for it. It ends when the card is stored, was not, or needs a person.
 *
 * @returns the card as it then stands
 * @throws ApplicationFailure of type `PayoutRefused` or `PayoutConflict` if the request cannot become a stored card
 */
export async function storeCard(input: StoreCardInput): Promise<StoredCardView> {
  // Temporal's own cancellation must not cut the card off from its outcome.
  return CancellationScope.nonCancellable(() => lead(input));
}

async function lead({ request, callId, actor }: StoreCardInput): Promise<StoredCardView> {
  const { merchant, storedCardId } = request;
  const key = { merchant, storedCardId };
  const news = createNewsDesk();
  let state: StoreCardState = { kind: 'accepting' };
  let answer: StoreCardResult | undefined;

  setHandler(storeCardStateQuery, () => state);
  setHandler(storeCardUpdate, (again) => answerCreate(again));
  setHandler(callbackSignal, ({ callbackId }) => news.callback({ callbackId }));
  setHandler(returnedSignal, () => news.returned());

  const accepted = await journal.acceptCard({ request, actor });
  if (accepted.kind === 'refused' || accepted.kind === 'conflict') return refuse(accepted);
  state = { kind: 'card', card: accepted.card };
  describeCard(accepted.card);
  announceCard(accepted.card);
  if (now().status !== 'requested') sayFirst();
  if (accepted.plan) await follow(accepted.plan);
  sayFirst();
  await condition(allHandlersFinished);
  if (!isSettledStoredCard(now().status)) throw cannotGoOn();
  return now();

  async function follow(plan: StorePlan): Promise<void> {
    // Called again for a card whose storing came to nothing: the provider may know better by now.
    if (isSettledStoredCard(now().status)) return hear(plan, 'the call was repeated');
    let call: Underway<StoredCardView | StoppedCard | Resumed> = send(plan);
    while (!isSettledStoredCard(now().status)) {
      await condition(() => isSettled(call) || news.waiting());
      const item = news.next();
      if (item) {
        await hear(plan, item.because);
      } else if (call.error !== undefined) {
        log.error('A provider call failed for good', { error: call.error });
        const message = 'The engine could not carry out a provider call; see its history';
        become(await journal.reviewCard({ key, reason: { code: 'engine_error', message } }));
        return;
      } else {
        const { result } = call;
        if (result && !('next' in result)) become('stop' in result ? result.card : result);
        sayFirst();
        if (isSettledStoredCard(now().status)) break;
        if (result && 'stop' in result) call = waitForResume(result.stop, now());
        else if (result && 'next' in result) call = send(plan);
        else call = ask(plan);
      }
    }
    call.stop?.();
  }

  function send(plan: StorePlan): Underway<StoredCardView | StoppedCard> {
    const { cvvSecretId } = request.card;
    return watch(sending(plan, `store card at ${plan.account}`).storeCard({ key, cvvSecretId }));
  }

  function ask(plan: StorePlan): Underway<StoredCardView> {
    const { status } = now();
    const summary = `wait while it is ${status}`;
    return watchStoppable(() => polling(plan, summary).awaitCard({ key, from: status }));
  }

  async function hear(plan: StorePlan, because: string): Promise<void> {
    try {
      become(await asking(plan, `ask once: ${because}`).askCard({ key, because }));
    } catch (error) {
      log.warn('News could not be followed up', { because, error });
    }
  }

  function now(): StoredCardView {
    if (state.kind === 'card') return state.card;
    throw ApplicationFailure.nonRetryable('This request did not become a stored card', FAILURE.refused);
  }

  /** Takes over the journal's view, unless a newer one is here already. */
  function become(next: StoredCardView): void {
    if (next.version <= now().version) return;
    state = { kind: 'card', card: next };
    describeCard(next);
    if (next.status !== 'requested') sayFirst();
  }

  /** The first answer is given once, with the first state worth telling. */
  function sayFirst(): void {
    answer ??= { kind: 'card', card: now(), callId };
  }

  function answerCreate({ request: again, callId: by }: StoreCardInput): Promise<StoreCardResult> {
    return answerAgain({
      first: () => answer,
      isTaken: ({ kind }) => kind === 'card',
      ownCallId: callId,
      callId: by,
      repeat: async () => {
        const repeated = await journal.acceptCard({ request: again, actor });
        if (repeated.kind === 'refused' || repeated.kind === 'conflict') return { ...repeated, callId: by };
        return { kind: 'card', card: repeated.card, callId: by };
      },
    });
  }

  /** It fails, so that Temporal lets a later request use the id. */
  async function refuse(result: Extract<AcceptCardResult, { kind: 'refused' | 'conflict' }>): Promise<never> {
    state = result;
    answer = { ...result, callId };
    await condition(allHandlersFinished);
    throw refusal(result, 'The id belongs to another card');
  }

  function cannotGoOn(): ApplicationFailure {
    return ApplicationFailure.nonRetryable(
      `The card is ${now().status}, but no worker has its account ${now().account}: ` +
        'add it to the accounts file, then repeat the call to take it up again',
      FAILURE.misconfigured,
    );
  }
}
