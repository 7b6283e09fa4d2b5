import type { RequestParts } from '../subject.js';
import type { Flow, Outcome } from '../words.js';

/** The simulator's scenarios, by the last two digits of the account number, else of the amount (Payneteasy §12). */
export type Digits = Partial<Readonly<Record<Outcome, string>>>;

const TO_CARD: Digits = { paid: '00', declined: '01', no_funds: '00', paid_later: '16' };

/** Otherwise than to a card: refused by fraud control, and paid after the provider itself did not know. */
const TO_ACCOUNT: Digits = {
  paid: '00',
  declined: '02',
  no_funds: '00',
  paid_later: '06',
  challenged: '04',
};

const RETURN_URLS = { success: 'https://shop.example/done', failure: 'https://shop.example/failed' };
const RECIPIENT = { firstName: 'Anna', lastName: 'Petrova' };

export interface Asking {
  /** Other digits than usual, for both flows. */
  readonly digits?: Digits | undefined;
  readonly providerFields?: Readonly<Record<string, string>> | undefined;
}

/** Undefined where there is no such flow: a person is asked to act for an account alone, cards are stored elsewhere. */
export function requestFor(
  flow: Flow,
  outcome: Outcome,
  { digits = {}, providerFields }: Asking = {},
): RequestParts | undefined {
  const common = { recipient: RECIPIENT, ...(providerFields && { providerFields }) };
  // The simulator's merchants hold dollars alone.
  const currency = outcome === 'no_funds' ? 'EUR' : 'USD';
  switch (flow) {
    case 'card': {
      const cents = { ...TO_CARD, ...digits }[outcome];
      if (cents === undefined) return undefined;
      const amount = { minor: 15_000 + Number(cents), currency } as const;
      return { ...common, amount, destination: { type: 'card', number: '4111111111111111' } };
    }
    case 'bank_account': {
      const last = { ...TO_ACCOUNT, ...digits }[outcome];
      if (last === undefined) return undefined;
      return {
        ...common,
        amount: { minor: 15_050, currency },
        destination: {
          type: 'bank_account',
          accountNumber: `DE001234567800000000${last}`,
          bankCode: '044525225',
        },
        ...(outcome === 'challenged' && { returnUrls: RETURN_URLS }),
      };
    }
    case 'stored_card': {
      const cents = TO_CARD[outcome];
      if (cents === undefined || outcome === 'no_funds') return undefined;
      const amount = { minor: 15_000 + Number(cents), currency } as const;
      return { ...common, amount, destination: { type: 'stored_card', storedCardId: '4400012' } };
    }
    default:
      return undefined;
  }
}
