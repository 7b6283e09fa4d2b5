import type { StoredCardsClient } from '../../client/stored-cards-client.js';
import type { Action } from '../../domain/provider-answer.js';
import type { StoredCardView } from '../../domain/stored-card.js';
import { isSettledStoredCard } from '../../domain/stored-card-status.js';
import type { StoreCardRequestInput } from '../../schemas/store-card-request.js';
import { CliError, EXIT } from '../cli-error.js';
import { printJson, printLine, type CliIo } from '../io.js';
import { packageFile } from '../package-file.js';
import { plainText } from '../plain-text.js';
import { storeRequestFromJson } from '../stored-cards/add-input.js';
import { paintCard, signedStatus } from '../stored-cards/print-stored-card.js';
import { visitPage } from './visitor.js';

/** What the demo's rows name as `boris-card` and `vera-card`. */
const CARDS = ['boris-card.json', 'vera-card.json'].map((name) =>
  packageFile('examples', 'stored-cards', name),
);
const PATIENCE_MS = 30_000;

type Storing = Pick<StoredCardsClient, 'add' | 'wait'>;

/** Has the provider store the cards that the demo's rows name, and says so. */
export async function storeDemoCards(io: CliIo, storedCards: Storing, json: boolean): Promise<void> {
  const requests = await Promise.all(CARDS.map((path) => storeRequestFromJson(io, path)));
  const stored = await Promise.all(requests.map((request) => storeCard(storedCards, request)));
  for (const card of stored) {
    if (json) printJson(io, { storedCard: card });
    else printLine(io, lineOf(io, card));
  }
  if (!json) printLine(io);
}

/**
 * Stores one card; the scripted visitor is its owner and confirms where the bank asks.
 *
 * @throws CliError if the card is not active in the end
 */
export async function storeCard(
  storedCards: Storing,
  request: StoreCardRequestInput,
): Promise<StoredCardView> {
  const added = await storedCards.add(request);
  const answered = await storedCards.wait(added, { timeoutMs: PATIENCE_MS, until: 'answered' });
  if (answered.action) await confirm(answered, answered.action, request);
  const card = await storedCards.wait(added, { timeoutMs: PATIENCE_MS });
  if (card.status === 'active') return card;
  const why = card.reason ? ` (${card.reason.code}: ${plainText(card.reason.message)})` : '';
  const late = isSettledStoredCard(card.status) ? '' : ` after ${PATIENCE_MS / 1000} s`;
  throw notStored(card, `it is ${card.status}, not active${late}${why}`);
}

async function confirm(
  card: StoredCardView,
  action: Action,
  { returnUrls }: StoreCardRequestInput,
): Promise<void> {
  try {
    await visitPage({
      action,
      visit: 'complete',
      returnUrls: [returnUrls?.success, returnUrls?.failure].filter((url) => url !== undefined),
    });
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw notStored(card, `its 3-D Secure could not be done: ${words}`, cause);
  }
}

function notStored({ storedCardId, account }: StoredCardView, words: string, cause?: unknown): CliError {
  const what = `The card ${storedCardId}, which some rows name, was not stored by account ${account}`;
  return new CliError(EXIT.failed, `${what}: ${words}. No payout was made.`, { cause });
}

/** `Stored boris-card  220000******0129  ✔ active  at acme-a2p, to be paid to`. */
function lineOf(
  { colors }: CliIo,
  { storedCardId, masked, status, account, purpose }: StoredCardView,
): string {
  const what = { destination: 'to be paid to', source: 'to take money from, after 3-D Secure' }[purpose];
  const state = paintCard(colors, status, signedStatus(status));
  return `Stored ${storedCardId}  ${masked}  ${state}  at ${account}, ${what}`;
}
