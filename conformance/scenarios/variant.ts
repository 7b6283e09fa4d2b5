import type { Scenario } from '../scenario.js';
import type { Variant } from '../subject.js';

const CARD = { account: 'polled', flow: 'card' } as const;
/** One request and one question: the least that tells whether both sides still understand each other. */
const LOST_ANSWER = 'answer lost, paid';

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
    name: LOST_ANSWER,
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

/** The short set, or of it what a variant needs that concerns one other thing; and what the variant adds. */
export function variantScenarios({
  isNarrow = false,
  more = [],
}: Pick<Variant, 'isNarrow' | 'more'>): readonly Scenario[] {
  return [...(isNarrow ? SHORT_SET.filter(({ name }) => name === LOST_ANSWER) : SHORT_SET), ...more];
}
