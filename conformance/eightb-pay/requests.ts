import type { PaymentParts } from '../payments/subject.js';
import type { Outcome, Way } from '../payments/words.js';

/** The simulator's triggers by the last three digits of the amount, 8b.world /pay §10: a token has no security code. */
const TRIGGER: Readonly<Record<Outcome, number>> = {
  plain: 0,
  declined: 222,
  uncertain: 888,
  release_fails: 777,
};

const OF_TOKENS: readonly Outcome[] = ['declined', 'uncertain'];

export function requestFor(way: Way, outcome: Outcome, currency = 'USD'): PaymentParts | undefined {
  // At the page the payer decides, not the amount.
  if (OF_TOKENS.includes(outcome) && way !== 'token') return undefined;
  return {
    amount: { minor: 10_000 + TRIGGER[outcome], currency },
    description: 'Order of the conformance suite',
    payer: { email: 'anna@shop.example', id: 'payer-1', ip: '192.0.2.17' },
    returnUrls: { success: 'https://shop.example/paid', failure: 'https://shop.example/not-paid' },
  };
}
