import type { RequestParts } from '../subject.js';
import type { Flow, Outcome } from '../words.js';

/** The outcomes that the protocol has: nobody is ever asked to act (8b Disbursement §1). */
type Played = Exclude<Outcome, 'challenged'>;

/** The simulator decides by the last two digits of where the money goes (§11); 12 is none of its scenarios: paid. */
const ENDING: Readonly<Record<Played, string>> = {
  paid: '12',
  declined: '01',
  no_funds: '10',
  paid_later: '00',
};

/** Numbers with such endings that pass the Luhn check. */
const CARDS: Readonly<Record<Played, string>> = {
  paid: '4000000000000812',
  declined: '4000000000000101',
  no_funds: '4000000000001810',
  paid_later: '4000000000000200',
};

type Destination = RequestParts['destination'];

const BY_FLOW: Partial<Readonly<Record<Flow, (outcome: Played) => Destination>>> = {
  card: (outcome) => ({ type: 'card', number: CARDS[outcome] }),
  bank_account: (outcome) => ({
    type: 'bank_account',
    accountNumber: `LV80BANK00004351950${ENDING[outcome]}`,
    bankCode: 'BANKLV22',
  }),
  phone: (outcome) => ({ type: 'phone', phone: `371200000${ENDING[outcome]}`, bankId: 'BANKLV22' }),
  // Refused is a wallet of a form that only the provider knows.
  wallet: (outcome) => ({
    type: 'wallet',
    scheme: 'example',
    walletId: outcome === 'declined' ? 'nobodys-wallet' : `W000000${ENDING[outcome]}`,
  }),
};

export function requestFor(flow: Flow, outcome: Outcome): RequestParts | undefined {
  const destinationOf = BY_FLOW[flow];
  if (destinationOf === undefined || outcome === 'challenged') return undefined;
  return {
    // Whole euros: a variant of the provider takes no decimals.
    amount: { minor: 150_000, currency: 'EUR' },
    destination: destinationOf(outcome),
    recipient: { firstName: 'Anna', lastName: 'Example', phone: '37120000000' },
  };
}
