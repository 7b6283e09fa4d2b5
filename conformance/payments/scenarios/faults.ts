import { FAULTS_ON, PAYMENT_FAULTS, type PaymentFaultKind, type PaymentFaultOn } from '../faults.js';
import type { PaymentDeed, PaymentExpected, PaymentScenario, PaymentScenarioGroup } from '../scenario.js';

const KINDS = Object.keys(PAYMENT_FAULTS) as readonly PaymentFaultKind[];

/** What questions alone are answered, and what a page alone. */
const OF_STATUS: readonly PaymentFaultKind[] = ['still_pending', 'says_uncertain', 'not_found'];
const OF_TRANSACTIONS: readonly PaymentFaultKind[] = [
  'other_amount',
  'other_order',
  'unheard_of_state',
  'no_state',
];
const OF_REQUESTS: readonly PaymentFaultKind[] = ['refused_processed', 'lost_page_processed'];

/** A release and a capture are followed as a refund is: one of each sort is enough. */
const ON_HOLDS: readonly PaymentFaultKind[] = [
  'reset_unprocessed',
  'reset_processed',
  'silent_processed',
  'error_page_processed',
  'slow_body',
  'wrongly_signed',
  'other_amount',
  'refused',
];

/** Answers that nobody can read are alike: on a refund two kinds of them are enough. */
const ALIKE: readonly PaymentFaultKind[] = ['empty_body', 'oversized_body', 'deep_body', 'cut_off_body'];

/** Does it make sense on such a request? Whether a simulator can play it is for the subject to say. */
function fits(on: PaymentFaultOn, kind: PaymentFaultKind): boolean {
  if (on === 'refund' && ALIKE.includes(kind)) return false;
  if (on === 'void' || on === 'complete') return ON_HOLDS.includes(kind);
  if (OF_STATUS.includes(kind) || OF_REQUESTS.includes(kind)) {
    return on === 'status' ? OF_STATUS.includes(kind) : OF_REQUESTS.includes(kind);
  }
  if (OF_TRANSACTIONS.includes(kind)) return on !== 'start';
  return kind !== 'no_page' || on === 'start';
}

/** The right answer all the same. */
const HARMLESS: readonly PaymentFaultKind[] = ['mislabelled_body', 'slow_body'];
/** The provider's own no, right or wrong. */
const REFUSALS: readonly PaymentFaultKind[] = [
  'refused',
  'refused_processed',
  'lost_page_unprocessed',
  'lost_page_processed',
  'login_refused',
];

const PAYS: PaymentDeed = { deed: 'payer', does: 'pay' };
const PAID = { status: 'succeeded', charges: 1 } as const;

/** What somebody must look at where a signed answer says it of a transaction that matters. */
const REASONS: Partial<Readonly<Record<PaymentFaultKind, string>>> = {
  other_amount: 'amount_mismatch',
  unheard_of_state: 'unmapped_status',
};

function reviewOf(kind: PaymentFaultKind): PaymentExpected | undefined {
  const reason = REASONS[kind];
  return reason === undefined ? undefined : { status: 'in_review', charges: 1, reason };
}

/** No money moves by it: asked about, then begun again with the same bytes. A refusal ends it, since nobody has a page. */
function onStart(kind: PaymentFaultKind): Omit<PaymentScenario, 'name'> {
  const common = { account: 'polled', way: 'page' } as const;
  if (REFUSALS.includes(kind)) return { ...common, expected: { status: 'failed', charges: 0, started: 1 } };
  const started = HARMLESS.includes(kind) ? { atMost: 2 } : 2;
  return { ...common, deeds: [PAYS], expected: { ...PAID, started } };
}

/** Money moves by it: sent once, whatever comes back; what never arrived cannot be proven, but for a refusal. */
function onToken(kind: PaymentFaultKind): Omit<PaymentScenario, 'name'> {
  const { processed } = PAYMENT_FAULTS[kind];
  const expected: PaymentExpected = processed
    ? (reviewOf(kind) ?? PAID)
    : REFUSALS.includes(kind)
      ? { status: 'failed', charges: 0 }
      : { status: 'in_review', charges: 0, reason: 'no_final_answer' };
  return { account: processed ? 'polled' : 'impatient', way: 'token', expected };
}

function onOperation(on: 'refund' | 'void' | 'complete') {
  const isRefund = on === 'refund';
  const before = isRefund ? 'succeeded' : 'held';
  const done = {
    refund: { status: 'refunded', charges: 1, back: 10_000 },
    void: { status: 'cancelled', charges: 0 },
    complete: { status: 'succeeded', charges: 1 },
  } as const satisfies Readonly<Record<typeof on, PaymentExpected>>;
  return (kind: PaymentFaultKind): Omit<PaymentScenario, 'name'> => {
    const { processed } = PAYMENT_FAULTS[kind];
    const ends = processed ? 'done' : 'not_done';
    // What is taken must be what was asked for; of what went back, the status alone matters.
    const astray = on === 'complete' && kind === 'other_amount' ? reviewOf(kind) : undefined;
    return {
      account: isRefund ? 'polled' : 'two_stage',
      way: 'page',
      deeds: [PAYS, { deed: 'wait_until', status: before }, { deed: 'operate', kind: on, id: 'once', ends }],
      expected: processed ? (astray ?? done[on]) : { status: before, charges: isRefund ? 1 : 0 },
    };
  };
}

/** A read: asked again until it says something. What it says signed is believed, if only for a person to look at. */
function onStatus(kind: PaymentFaultKind): Omit<PaymentScenario, 'name'> {
  return { account: 'polled', way: 'page', deeds: [PAYS], expected: reviewOf(kind) ?? PAID };
}

const MAKERS: Readonly<Record<PaymentFaultOn, (kind: PaymentFaultKind) => Omit<PaymentScenario, 'name'>>> = {
  start: onStart,
  token: onToken,
  refund: onOperation('refund'),
  void: onOperation('void'),
  complete: onOperation('complete'),
  status: onStatus,
};

const TITLES: Readonly<Record<PaymentFaultOn, string>> = {
  start: 'Faults on the request for a page',
  token: 'Faults on the charge by token',
  refund: 'Faults on a refund',
  void: 'Faults on a release',
  complete: 'Faults on a capture',
  status: 'Faults on the questions, three in a row',
};

/** Of questions three in a row; or all, where the first that tells of a transaction decides. */
function timesOf(on: PaymentFaultOn, kind: PaymentFaultKind): number {
  if (on !== 'status') return 1;
  return REASONS[kind] === undefined ? 3 : 1_000;
}

export const faultGroups: readonly PaymentScenarioGroup[] = FAULTS_ON.map((on) => ({
  title: TITLES[on],
  scenarios: KINDS.filter((kind) => fits(on, kind)).map((kind) => ({
    ...MAKERS[on](kind),
    name: `${on}: ${PAYMENT_FAULTS[kind].words}`,
    faults: [{ on, kind, times: timesOf(on, kind) }],
  })),
}));

/** Questions that never get through, or never an end: time alone fails nothing. */
export const silence: PaymentScenarioGroup = {
  title: 'Questions without an end',
  scenarios: (['error_page_unprocessed', 'wrongly_signed', 'says_uncertain', 'still_pending'] as const).map(
    (kind) => ({
      account: 'impatient',
      way: 'page',
      name: `for ever: ${PAYMENT_FAULTS[kind].words}`,
      faults: [{ on: 'status', kind, times: 1_000 }],
      deeds: [PAYS],
      expected: { status: 'in_review', charges: 1, reason: 'no_final_answer' },
    }),
  ),
};
