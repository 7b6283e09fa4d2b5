import type { StoredCardPurpose } from '../../domain/stored-card.js';
import type { CardParts, RequestParts } from '../subject.js';
import type { Flow, Outcome, StoringOutcome } from '../words.js';

/** The recipient's card that the provider stored elsewhere, by the provider's own id. */
export const STORED_ELSEWHERE = {
  id: 'conformance-card',
  clientId: 'conformance-client',
  pan: '2200000000000012',
};

/** The simulator's triggers by the last three digits of the amount, All2pay payouts document §18. */
const TRIGGER: Readonly<Record<Outcome, number>> = {
  paid: 0,
  declined: 6,
  no_funds: 116,
  paid_later: 7,
  challenged: 3,
};

/** A payer's card that starts with 220070 needs no challenge; none that starts with 400000 is Russian. */
const NUMBERS: Readonly<Record<StoringOutcome, string>> = {
  stored: '2200700000000009',
  challenged: '2200000000000012',
  refused: '4000000000000002',
};

const RETURN_URLS = { success: 'https://shop.example/done', failure: 'https://shop.example/failed' };

const TO_CARD: Omit<RequestParts, 'amount'> = {
  destination: { type: 'card', number: '2200000000000004' },
  recipient: { firstName: 'Anna', lastName: 'Petrova' },
};

const BY_FLOW: Partial<Readonly<Record<Flow, Omit<RequestParts, 'amount'>>>> = {
  card: TO_CARD,
  payer_card: { ...TO_CARD, returnUrls: RETURN_URLS, payer: payersCard('stored') },
  stored_card: {
    destination: { type: 'stored_card', storedCardId: STORED_ELSEWHERE.id },
    recipient: { id: STORED_ELSEWHERE.clientId },
  },
  phone: {
    destination: { type: 'phone', phone: '79160001122', bankId: '100000000999' },
    recipient: { lastName: 'Сидоров', firstName: 'Олег', middleName: 'Иванович' },
  },
  hosted_page: { destination: { type: 'hosted_page' }, returnUrls: RETURN_URLS },
};

export function requestFor(flow: Flow, outcome: Outcome): RequestParts | undefined {
  const parts = BY_FLOW[flow];
  // Only the payer's card is ever challenged (§7).
  if (parts === undefined || (outcome === 'challenged' && flow !== 'payer_card')) return undefined;
  return { ...parts, amount: { minor: 150_000 + TRIGGER[outcome], currency: 'RUB' } };
}

export function cardFor(purpose: StoredCardPurpose, outcome: StoringOutcome): CardParts | undefined {
  if (purpose === 'source') return payersCard(outcome);
  // A recipient's card is never challenged (§7a.1).
  if (outcome === 'challenged') return undefined;
  return { ownerId: 'recipient-1', card: { number: NUMBERS[outcome] } };
}

function payersCard(outcome: StoringOutcome): CardParts {
  return {
    ownerId: 'payer-1',
    card: {
      number: NUMBERS[outcome],
      expiry: { month: 12, year: 2030 },
      holder: 'ANNA PETROVA',
      cvv: '123',
    },
    returnUrls: RETURN_URLS,
  };
}
