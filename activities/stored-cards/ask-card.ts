import { activityInfo } from '@temporalio/activity';
import { isActionOver } from '../action-over.js';
import type { ActivityDeps } from '../deps.js';
import { nextPollDelay } from '../poll-delay.js';
import { stillWaiting } from '../still-waiting.js';
import { loadCard, type LoadedCard } from './load-card.js';
import type { StoredCardKey } from '../../domain/ids.js';
import type { StoreProgress } from '../../domain/provider-answer.js';
import type { StoredCardView } from '../../domain/stored-card.js';
import type { StoredCardStatus } from '../../domain/stored-card-status.js';

/** Asks the provider once and writes down what changed. */
export async function askCard(
  deps: ActivityDeps,
  { key }: { key: StoredCardKey; because: string },
): Promise<StoredCardView> {
  return (await askOnce(deps, key, await loadCard(deps, key), { believesNotFound: false })).card;
}

/**
 * Asks until the stored card's status differs from `from`, one question per attempt of this activity. At the end of
 * the schedule it goes into review; an action whose time is over, into `expired`.
 */
export async function awaitCard(
  deps: ActivityDeps,
  { key, from }: { key: StoredCardKey; from: StoredCardStatus },
): Promise<StoredCardView> {
  const loaded = await loadCard(deps, key);
  if (loaded.record.card.status !== from) return loaded.record.card;
  const { attempt, scheduledTimestampMs } = activityInfo();
  const { poll, notFoundMinQueries } = loaded.provider.limits;
  // The first attempt only sets the clock: the provider has just been spoken to.
  if (attempt === 1) throw stillWaiting(from, nextPollDelay(poll, 0) ?? 0);

  const believesNotFound = attempt > notFoundMinQueries;
  const { card, heard, restMs = 0 } = await askOnce(deps, key, loaded, { believesNotFound });
  if (card.status !== from) return card;
  const by = { actor: 'engine' };
  // Only if the provider says that it still waits: that we cannot ask is no proof that the owner did nothing.
  if (heard && isActionOver(card, loaded.provider.limits))
    return deps.journal.storedCards.recordProgress(key, ACTION_OVER, by);
  const delay = nextPollDelay(poll, Date.now() - scheduledTimestampMs);
  if (delay !== undefined) throw stillWaiting(from, Math.max(delay, restMs));
  return deps.journal.storedCards.recordProgress(key, NO_FINAL_ANSWER, by);
}

async function askOnce(
  { journal }: ActivityDeps,
  key: StoredCardKey,
  { record, provider, storage }: LoadedCard,
  { believesNotFound }: { believesNotFound: boolean },
): Promise<{ card: StoredCardView; heard: boolean; restMs?: number | undefined }> {
  const { card, request, sentAt, readAt } = record;
  if (card.status === 'removed' || card.status === 'active' || sentAt === undefined)
    return { card, heard: false };
  const answer = await storage.status(
    {
      orderId: card.orderId,
      purpose: card.purpose,
      withheld: [card.ownerId, request.card.masked],
    },
    AbortSignal.timeout(provider.limits.callTimeoutMs),
  );
  if (answer.kind === 'unknown') return { card, heard: false, restMs: answer.retryAfterMs };
  if (answer.kind === 'not_sent') return { card, heard: false };
  const { progress } = answer;
  const by = { actor: `provider:${card.account}` };
  if (progress.kind !== 'not_found') {
    return { card: await journal.storedCards.recordProgress(key, progress, by), heard: true };
  }
  const sinceSentMs = Date.parse(readAt) - Date.parse(sentAt);
  // A provider that asked its owner to act knows the card, whatever its status says.
  const proves =
    card.status === 'requested' && believesNotFound && sinceSentMs >= provider.limits.notFoundGraceMs;
  if (!proves) return { card, heard: false };
  return { card: await journal.storedCards.recordProgress(key, NOT_FOUND, by), heard: true };
}

/** No money is at stake: a card that the provider does not know after the grace period was not stored. */
const NOT_FOUND: StoreProgress = {
  kind: 'not_stored',
  class: 'refused',
  code: 'not_found_at_provider',
  message: 'The provider does not know of it: store the card once more, under another id',
};

const ACTION_OVER: StoreProgress = {
  kind: 'not_stored',
  class: 'expired',
  code: 'action_over',
  message: 'The owner did not act in time: store the card once more, under another id',
};

const NO_FINAL_ANSWER: StoreProgress = {
  kind: 'contradiction',
  code: 'no_final_answer',
  message: 'The provider gave no final answer until the end of the poll schedule',
};
