import type { AccountId, MerchantId, StoredCardId } from '../../domain/ids.js';
import { STORED_CARD_ID_PATTERN } from '../../domain/ids.js';
import type { SealedPayoutRequest, StoredCard } from '../../domain/payout-request.js';
import type { Problem } from '../../domain/problem.js';
import type { StoredCardPurpose, StoredCardView } from '../../domain/stored-card.js';
import type { Journal } from '../../journal/port.js';
import type { Order } from '../../providers/port.js';

/** A request with its destination named as the provider knows it. */
export interface Resolved {
  readonly request: SealedPayoutRequest;
  /** Why a card cannot be used. */
  readonly problems: readonly Problem[];
}

/**
 * Looks up the cards that a request names by the caller's ids. A destination that we do not know is taken as the
 * provider's own id, for cards that were stored elsewhere; a source must be ours, because money is taken from it.
 */
export async function resolveStoredCards(journal: Journal, request: SealedPayoutRequest): Promise<Resolved> {
  const { destination, source } = request;
  if (destination.type !== 'stored_card' && source === undefined) return { request, problems: [] };
  const [target, payer] = await Promise.all([
    destination.type === 'stored_card' ? find(journal, request.merchant, destination) : undefined,
    source && find(journal, request.merchant, source),
  ]);
  const problems = [
    ...(target ? problemsOf(target, request.account, 'destination') : []),
    ...(source ? (payer ? problemsOf(payer, request.account, 'source') : [unknownSource(source)]) : []),
    ...(target && request.recipient?.id !== undefined && request.recipient.id !== target.ownerId
      ? [anotherOwner(target)]
      : []),
  ];
  return { request: target ? asTheProviderKnows(request, target) : request, problems };
}

/** The payer's card as the provider knows it: what an id means for a source never changes once the card is stored. */
export async function findSource(
  journal: Journal,
  { merchant, source }: SealedPayoutRequest,
): Promise<Order['source']> {
  if (source === undefined) return undefined;
  const payer = await find(journal, merchant, source);
  if (payer?.providerCardId === undefined) {
    throw new Error('The source is no stored card with an id at the provider');
  }
  return { providerCardId: payer.providerCardId, ownerId: payer.ownerId };
}

async function find(
  journal: Journal,
  merchant: MerchantId,
  { storedCardId }: StoredCard,
): Promise<StoredCardView | undefined> {
  if (!STORED_CARD_ID_PATTERN.test(storedCardId)) return undefined;
  return (await journal.storedCards.read({ merchant, storedCardId: storedCardId as StoredCardId }))?.card;
}

function asTheProviderKnows(request: SealedPayoutRequest, card: StoredCardView): SealedPayoutRequest {
  return {
    ...request,
    destination: { type: 'stored_card', storedCardId: card.providerCardId ?? card.storedCardId },
    recipient: { ...request.recipient, id: card.ownerId },
  };
}

function problemsOf(card: StoredCardView, account: AccountId, purpose: StoredCardPurpose): Problem[] {
  const field = `${purpose}.storedCardId`;
  const problems: Problem[] = [];
  if (card.account !== account) {
    const problem = `${card.storedCardId} is stored at account ${card.account}`;
    problems.push({ field, problem, remedy: 'Pay by that account, or store the card at this one' });
  }
  if (card.purpose !== purpose) {
    const problem = `${card.storedCardId} was stored to be a ${card.purpose}`;
    problems.push({ field, problem, remedy: `Store the card once more as a ${purpose}, under another id` });
  }
  if (card.status !== 'active' || card.providerCardId === undefined) {
    const why = card.reason ? ` (${card.reason.message})` : '';
    const problem = `${card.storedCardId} is ${card.status}, not active${why}`;
    const remedy =
      card.status === 'requested' || card.status === 'action_required'
        ? 'Wait until the card is stored'
        : 'Store the card once more, under another id';
    problems.push({ field, problem, remedy });
  }
  return problems;
}

function unknownSource({ storedCardId }: StoredCard): Problem {
  return {
    field: 'source.storedCardId',
    problem: `this merchant has no stored card ${storedCardId}`,
    remedy: "Store the payer's card first, with purpose source, and name it by the id that you gave it",
  };
}

function anotherOwner({ storedCardId, ownerId }: StoredCardView): Problem {
  return {
    field: 'recipient.id',
    problem: `is not the owner of stored card ${storedCardId}`,
    remedy: `Leave it out, or write ${ownerId}`,
  };
}
