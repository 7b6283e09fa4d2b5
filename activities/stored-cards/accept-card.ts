import type { AcceptCardResult, StorePlan } from '../contract.js';
import type { ActivityDeps } from '../deps.js';
import { makeCardOrderId } from '../order-id.js';
import { providerAt, providerFor, unusableAccount } from '../usable-account.js';
import { merchantActor } from '../../domain/actor.js';
import { maskCardNumber } from '../../domain/card.js';
import type { Problem } from '../../domain/problem.js';
import type { SealedStoreCardRequest, StoreCardRequest } from '../../domain/stored-card.js';
import type { JournalActivities } from '../contract.js';
import { isLacking, type PayoutProvider } from '../../providers/port.js';
import { parseStoreCardRequest } from '../../schemas/store-card-request.js';
import { cardFingerprint, contentFingerprint } from '../../secrets/fingerprint.js';
import { SealError } from '../../secrets/seal.js';
import { openCardToStore } from '../../secrets/stored-card-seal.js';

/**
 * The last check of a card to be stored, and the first write. As with payouts, an id that the journal knows is never
 * judged by today's rules: the same card finds the original, any other is a conflict with it.
 */
export async function acceptCard(
  deps: ActivityDeps,
  input: Parameters<JournalActivities['acceptCard']>[0],
): Promise<AcceptCardResult> {
  const parsed = parseStoreCardRequest(input.request);
  if (!parsed.ok) return { kind: 'refused', problems: parsed.problems };
  const { request } = parsed;
  if (!isSealed(request)) return { kind: 'refused', problems: [UNSEALED] };
  const opened = await open(deps, request);
  if (!opened.ok) return { kind: 'refused', problems: [opened.problem] };

  const provider = providerFor(deps, request, 'payout');
  const problems = provider ? problemsOf(provider, request) : [unusableAccount(deps, request, 'payout')];
  const known = problems.length === 0 ? undefined : await deps.journal.storedCards.read(request);
  if (problems.length > 0 && !known) return { kind: 'refused', problems };

  const { cvvSecretId: _once, ...card } = request.card;
  const accepted = await deps.journal.storedCards.accept({
    request: { ...request, card },
    provider: provider?.protocol ?? known?.card.provider ?? '',
    orderId: makeCardOrderId(deps.fingerprintKey, request.account, request),
    contentFingerprint: contentFingerprint(deps.fingerprintKey, opened.request),
    cardFingerprint: cardFingerprint(deps.fingerprintKey, opened.request.card.number),
    actor: input.actor ?? merchantActor(request.merchant),
  });
  switch (accepted.kind) {
    case 'accepted':
    case 'repeat': {
      const { kind, card: stored } = accepted;
      const leading = providerAt(deps, stored.account, 'payout');
      // A storing that did not succeed is looked at once more: the provider may know better by now.
      const isOver = stored.status === 'active' || stored.status === 'removed';
      if (!leading || isOver) return { kind: 'repeat', card: stored };
      return { kind, card: stored, plan: planOf(leading) };
    }
    case 'conflict':
      return accepted;
    case 'order_id_taken':
      return { kind: 'refused', problems: [ORDER_ID_TAKEN] };
  }
}

function problemsOf({ cards }: PayoutProvider, request: SealedStoreCardRequest): readonly Problem[] {
  if (isLacking(cards)) {
    return [{ field: 'account', problem: cards.lacking, remedy: 'Use an account that stores cards' }];
  }
  return cards.validate(request);
}

function planOf({ account, limits }: PayoutProvider): StorePlan {
  return { account, callTimeoutMs: limits.callTimeoutMs };
}

type Opened = { ok: true; request: StoreCardRequest } | { ok: false; problem: Problem };

async function open(deps: ActivityDeps, request: SealedStoreCardRequest): Promise<Opened> {
  try {
    const card = await openCardToStore(deps.sealingKeys, request.card.sealed, request);
    if (maskCardNumber(card.number) !== request.card.masked) {
      throw new SealError('Its mask does not belong to the sealed card');
    }
    return { ok: true, request: { ...request, card } };
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    const remedy = 'Seal the card for this very id with the current public key (/.well-known/jwks.json)';
    return { ok: false, problem: { field: 'card.sealed', problem: error.message, remedy } };
  }
}

function isSealed(request: StoreCardRequest | SealedStoreCardRequest): request is SealedStoreCardRequest {
  return 'sealed' in request.card;
}

const UNSEALED: Problem = {
  field: 'card.number',
  problem: 'is a readable card number',
  remedy:
    'Store cards with the client library or the HTTP API: they seal the card before it leaves the caller',
};

const ORDER_ID_TAKEN: Problem = {
  field: 'storedCardId',
  problem: 'the order id that we make of it already names a payout or payment at this account',
  remedy: 'Choose another id',
};
