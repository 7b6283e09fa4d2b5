import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/activity';
import type { ActivityDeps } from '../deps.js';
import { keepAnswer } from '../keep-answer.js';
import type { StoppedCard } from '../contract.js';
import { startLeaving } from '../leave-in-time.js';
import { isInTime, notSent } from '../not-sent.js';
import { returnDoors } from '../return-doors.js';
import { loadCard, type LoadedCard } from './load-card.js';
import { FAILURE } from '../../domain/failure-types.js';
import type { StoredCardKey } from '../../domain/ids.js';
import type { NotSent, StoreAnswer, StoreProgress } from '../../domain/provider-answer.js';
import type { ClearCardToStore, StoredCardView } from '../../domain/stored-card.js';
import { isSettledStoredCard } from '../../domain/stored-card-status.js';
import type { CardToStore } from '../../providers/port.js';
import { SealError } from '../../secrets/seal.js';
import { openCardToStore, openCvv } from '../../secrets/stored-card-seal.js';

/** A CVV lives for minutes and is read once: what provably did not leave is tried again at once, for so long. */
const KEEP_CVV_MS = 20_000;
const PAUSE_MS = 1_000;

/**
 * Sends the card to be stored, at most once: an intent without an answer leads to asking, as with payouts. The CVV is
 * taken out of its drop right before, so that it is nowhere once it was used.
 */
export async function storeCard(
  deps: ActivityDeps,
  { key, cvvSecretId }: { key: StoredCardKey; cvvSecretId?: string | undefined },
): Promise<StoredCardView | StoppedCard> {
  const loaded = await loadCard(deps, key);
  const { card, sentAt, stop } = loaded.record;
  if (isSettledStoredCard(card.status) || sentAt !== undefined) return card;
  const { storedCards } = deps.journal;
  if (stop) return { card: await storedCards.noteStop(key), stop };
  const by = { actor: 'engine' };
  const opened = await open(deps, loaded);
  if ('kind' in opened) return storedCards.recordProgress(key, opened, by);
  const tooLate = startLeaving();
  if (!(await storedCards.beginStoring(key))) return notBegun(deps, key);

  const cvv = cvvSecretId === undefined ? undefined : await keepAnswer(() => takeCvv(deps, cvvSecretId, key));
  if (cvv !== undefined && typeof cvv !== 'string') return storedCards.recordProgress(key, cvv, by);
  const order: CardToStore = {
    orderId: card.orderId,
    purpose: card.purpose,
    ownerId: card.ownerId,
    card: { ...opened, cvv },
    returnUrls: loaded.record.request.returnUrls && returnDoors(deps, card, loaded.record.request.returnUrls),
  };
  let answer = await send(loaded, order, tooLate);
  // Nobody can give a CVV a second time: it is tried again here, each time with an intent of its own.
  const giveUpAt = Date.now() + Math.min(KEEP_CVV_MS, loaded.provider.limits.sendBudgetMs);
  let holdsIntent = true;
  while (answer.kind === 'not_sent' && cvv !== undefined && Date.now() <= giveUpAt) {
    if (holdsIntent) await storedCards.endUnsent(key);
    await sleep(PAUSE_MS);
    const tooLateAgain = startLeaving();
    holdsIntent = await storedCards.beginStoring(key);
    if (holdsIntent) {
      answer = await send(loaded, order, tooLateAgain);
      continue;
    }
    const now = (await loadCard(deps, key)).record;
    // Another try of the same card: the intent, and what comes of it, are that one's.
    if (now.card.status !== 'requested' || now.sentAt !== undefined) return now.card;
  }
  switch (answer.kind) {
    case 'answered':
      // Not asked for again in vain: a status query repeats no 3-D Secure, and maybe not the card's id.
      return keepAnswer(() =>
        storedCards.recordProgress(key, answer.progress, { actor: `provider:${card.account}` }),
      );
    case 'unknown':
      return card;
    case 'not_sent':
      if (cvv === undefined && isInTime(loaded.provider.limits)) {
        await storedCards.endUnsent(key);
        throw notSent(answer.message);
      }
      return storedCards.recordProgress(
        key,
        { kind: 'not_stored', class: 'refused', code: 'never_sent', message: answer.message },
        by,
      );
  }
}

/** The card, open; or, when the time to mend our keys is over, why it cannot be stored. */
async function open(
  { sealingKeys }: ActivityDeps,
  { record: { card, request }, provider }: LoadedCard,
): Promise<Omit<ClearCardToStore, 'cvv'> | StoreProgress> {
  try {
    return await openCardToStore(sealingKeys, request.card.sealed, card);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    const message = `The sealed card cannot be opened: ${error.message}`;
    if (isInTime(provider.limits)) throw ApplicationFailure.retryable(message, FAILURE.misconfigured);
    return { kind: 'not_stored', class: 'refused', code: 'card_unreadable', message };
  }
}

/** Not allowed to send: a stop came in between, or another try is under way. */
async function notBegun(deps: ActivityDeps, key: StoredCardKey): Promise<StoredCardView> {
  const { card, sentAt } = (await loadCard(deps, key)).record;
  if (card.status === 'requested' && sentAt === undefined) throw notSent('an operator stopped it');
  return card;
}

/** Once. */
async function send(
  { storage, provider }: LoadedCard,
  card: CardToStore,
  tooLate: () => NotSent | undefined,
): Promise<StoreAnswer> {
  // Deliberately not tied to the activity's cancellation: a call that was begun is heard out.
  return tooLate() ?? storage.store(card, AbortSignal.timeout(provider.limits.callTimeoutMs));
}

/** The CVV, which is then nowhere else; or why the card cannot be stored. */
async function takeCvv(
  { journal, sealingKeys }: ActivityDeps,
  secretId: string,
  key: StoredCardKey,
): Promise<string | StoreProgress> {
  const sealed = await journal.oneTimeSecrets.take(secretId);
  if (sealed === undefined) {
    return noCvv('cvv_gone', 'The CVV was used, or its time was over before the card could be sent');
  }
  try {
    return await openCvv(sealingKeys, sealed, key);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    return noCvv('cvv_unreadable', `The sealed CVV cannot be opened: ${error.message}`);
  }
}

function noCvv(code: string, why: string): StoreProgress {
  const message = `${why}. Store the card once more, under another id`;
  return { kind: 'not_stored', class: 'refused', code, message };
}
