import type { StoreAnswer, StoreProgress, StoreStatusAnswer, Unknown } from '../../domain/provider-answer.js';
import type { CardStorage, CardToStore, StoreQuery } from '../port.js';
import type { Account } from './account.js';
import { interpretStore, interpretStoreStatus, notStored } from './interpret-store.js';
import { statusBody } from './requests.js';
import { withRetryAfter } from '../retry-after.js';
import { storeRequest } from './store-requests.js';
import { validateStoredCard } from './validate-stored-card.js';

/** Cards kept by the provider (All2pay payouts document §7a): recipients' to pay to, payers' to take money from. */
export function createCardStorage(account: Account): CardStorage {
  const { config, exchange, now } = account;

  async function status(query: StoreQuery, signal: AbortSignal): Promise<StoreStatusAnswer> {
    const { orderId, purpose, withheld } = query;
    if (purpose === 'source' && !config.sourceBindingStatus) return NOT_TOLD;
    const http = await exchange.post('getPayoutStatus.do', statusBody(orderId, config), 'pooled', signal);
    const reading = { ...account.reading(withheld), orderId, purpose };
    return withRetryAfter(interpretStoreStatus(http, reading), http, now());
  }

  async function store(given: CardToStore, signal: AbortSignal): Promise<StoreAnswer> {
    const { orderId, purpose, ownerId, card } = given;
    if (purpose === 'source' && card.cvv === undefined) return answered(NO_CVV);
    const withheld = [card.number, card.cvv, card.holder, ownerId].filter((value) => value !== undefined);
    const { method, body } = storeRequest(given, config);
    const http = await exchange.post(method, body, 'fresh', signal);
    const reading = {
      ...account.reading(withheld),
      orderId,
      purpose,
      card: { number: card.number, ownerId },
    };
    const answer = withRetryAfter(interpretStore(http, reading), http, now());
    if (answer.kind !== 'unknown' || answer.suspected === undefined) return answer;
    return confirmed(answer, await status({ orderId, purpose, withheld }, signal));
  }

  return { purposes: ['destination', 'source'], validate: validateStoredCard, store, status };
}

/**
 * Words alone make no refusal: one status query must agree (§11.2 rule 2). No money waits for it, so it is asked in the
 * same call.
 */
function confirmed(answer: Unknown, status: StoreStatusAnswer): StoreAnswer {
  if (answer.suspected === undefined || status.kind !== 'answered') return answer;
  const { progress } = status;
  return answered(
    progress.kind === 'not_found' || progress.kind === 'not_stored' ? notStored(answer.suspected) : progress,
  );
}

const NO_CVV: StoreProgress = {
  kind: 'not_stored',
  class: 'refused',
  code: 'cvv_missing',
  message: "A payer's card cannot be stored without its verification code, which is no longer there",
};

const NOT_TOLD: Unknown = {
  kind: 'unknown',
  code: 'status_not_told',
  message: "By this account's settings the provider does not tell how the storing of a payer's card stands",
};

function answered(progress: StoreProgress): StoreAnswer {
  return { kind: 'answered', progress };
}
