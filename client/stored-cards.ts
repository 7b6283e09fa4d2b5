import { askWithStart } from './ask-with-start.js';
import { aboutStoredCard } from './call-words.js';
import { PayoutInvalidError, StoredCardConflictError, StoredCardNotFoundError } from './errors.js';
import { inquire, unexpected } from './inquiries.js';
import type { KeepSecret } from './one-time-secrets.js';
import type { AskedBy } from './payout-client.js';
import { storedCardIfAny, storedCardNotAccepted } from './run-state.js';
import { sealCardOf } from './seal-card-to-store.js';
import { storedCardStartOptions } from './start-options.js';
import type { StoredCardsClient } from './stored-cards-client.js';
import type { TemporalCalls } from './temporal-calls.js';
import { waitForRun } from './wait-for-run.js';
import { storedCardWorkflowIdOf, type StoredCardKey } from '../domain/ids.js';
import type { SealedStoreCardRequest, StoredCardView } from '../domain/stored-card.js';
import { isSettledStoredCard } from '../domain/stored-card-status.js';
import { parseStoredCardKey } from '../schemas/stored-card-key.js';
import { parseStoredCardFilter } from '../schemas/stored-card-filter.js';
import { parseStoreCardRequest } from '../schemas/store-card-request.js';
import type { SealingKeys } from '../secrets/sealing-keys.js';
import {
  STORE_CARD_WORKFLOW,
  storeCardStateQuery,
  storeCardUpdate,
  type StoreCardInput,
  type StoreCardResult,
} from '../workflows/messages.js';

const DEFAULT_PAGE = 50;

export function storedCardsClient(
  calls: TemporalCalls & AskedBy,
  sealingKeys: () => Promise<SealingKeys>,
  keepSecret: KeepSecret | undefined,
): StoredCardsClient {
  const { temporal } = calls;

  async function get(key: StoredCardKey): Promise<StoredCardView> {
    const result = await inquire(calls, { ask: 'stored_card', key });
    return cardIn(result);
  }

  /** Sealing is random, so nobody but a worker can tell two cards of the same mask apart. */
  async function start(request: SealedStoreCardRequest, actor: string | undefined): Promise<StoredCardView> {
    return cardOf(
      await askWithStart<StoreCardInput, StoreCardResult>(temporal, {
        workflow: STORE_CARD_WORKFLOW,
        options: storedCardStartOptions(request),
        update: storeCardUpdate,
        input: { request, actor },
        isTaken: ({ kind }) => kind === 'card',
      }),
    );
  }

  return {
    async add(input, { actor = calls.actor } = {}) {
      const parsed = parseStoreCardRequest(input);
      if (!parsed.ok) throw new PayoutInvalidError(parsed.problems);
      const request = await sealCardOf(parsed.request, sealingKeys, keepSecret);
      return calls.calling(aboutStoredCard(request), () => start(request, actor));
    },

    get: async (input) => get(keyOf(input)),

    async wait(input, { timeoutMs, until = 'settled' } = {}) {
      const key = keyOf(input);
      const handle = temporal.workflow.getHandle(storedCardWorkflowIdOf(key));
      const view = await waitForRun<StoredCardView>(
        {
          look: async () =>
            storedCardIfAny(
              key,
              await calls.calling(aboutStoredCard(key), () => calls.query(handle, storeCardStateQuery)),
            ),
          isEnough: ({ status }) =>
            isSettledStoredCard(status) || (until === 'answered' && status === 'action_required'),
          ended: (signal) => calls.endOf(handle, signal),
        },
        timeoutMs,
      ).catch(async (error: unknown) => {
        // Temporal forgets; the journal does not.
        if (error instanceof StoredCardNotFoundError) return get(key);
        throw error;
      });
      if (!view) throw storedCardNotAccepted(key);
      // A run tells how the storing ended; what became of the card since stands in the journal.
      return isSettledStoredCard(view.status) ? get(key) : view;
    },

    async list(filter = {}, { limit = DEFAULT_PAGE, cursor } = {}) {
      const parsed = parseStoredCardFilter(filter);
      if (!parsed.ok) throw new PayoutInvalidError(parsed.problems);
      const result = await inquire(calls, { ask: 'stored_cards', filter: parsed.filter, limit, cursor });
      if (result.kind !== 'stored_cards') throw unexpected(result);
      const { items, nextCursor } = result;
      return nextCursor === undefined ? { items } : { items, nextCursor };
    },

    async remove(input, { actor, reason }) {
      const key = keyOf(input);
      return cardIn(await inquire(calls, { ask: 'remove_stored_card', key, actor, reason }));
    },
  };
}

function cardIn(result: Awaited<ReturnType<typeof inquire>>): StoredCardView {
  if (result.kind === 'stored_card') return result.card;
  throw result.kind === 'not_found' ? new StoredCardNotFoundError(result.words) : unexpected(result);
}

function cardOf(result: StoreCardResult): StoredCardView {
  switch (result.kind) {
    case 'card':
      return result.card;
    case 'refused':
      throw new PayoutInvalidError(result.problems);
    case 'conflict':
      throw new StoredCardConflictError(result.original);
  }
}

function keyOf(input: { readonly merchant: string; readonly storedCardId: string }): StoredCardKey {
  const parsed = parseStoredCardKey(input);
  if (!parsed.ok) throw new PayoutInvalidError(parsed.problems);
  return parsed.key;
}
