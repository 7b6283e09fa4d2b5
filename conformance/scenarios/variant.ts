import type { Scenario } from '../scenario.js';

const CARD = { account: 'polled', flow: 'card' } as const;
const PAID = { status: 'succeeded', bookings: 1 } as const;

/** The money rules in short: played for every undocumented behaviour that the provider could show. */
const SHORT_SET: readonly Scenario[] = [
  {
    ...CARD,
    name: 'paid, created again',
    outcome: 'paid',
    meanwhile: [{ deed: 'create_again', times: 2 }],
    afterwards: [{ deed: 'create_again', times: 1 }],
    expected: PAID,
  },
  { ...CARD, name: 'declined', outcome: 'declined', expected: { status: 'declined', bookings: 0 } },
  {
    ...CARD,
    name: 'answer lost, paid',
    outcome: 'paid',
    faults: [{ on: 'money', kind: 'reset_processed' }],
    expected: PAID,
  },
  {
    ...CARD,
    name: 'lost, not paid',
    outcome: 'paid',
    faults: [{ on: 'money', kind: 'reset_unprocessed' }],
    expected: { status: 'in_review', bookings: 0 },
  },
];

export const SHORT_SET_NAMES: readonly string[] = SHORT_SET.map(({ name }) => name);

/** The short set, and what the variant adds to it. */
export function variantScenarios(more: readonly Scenario[] = []): readonly Scenario[] {
  return [...SHORT_SET, ...more];
}
