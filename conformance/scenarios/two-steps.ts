import { FAULTS, type Fault } from '../faults.js';
import type { Scenario, ScenarioGroup } from '../scenario.js';

const IN_TWO = { account: 'two_step', flow: 'bank_account', outcome: 'paid' } as const;
const RESENDING = { ...IN_TWO, account: 'two_step_resending' } as const;
const PAID = { status: 'succeeded', bookings: 1, sent: 2 } as const;
const NEVER_FOUND = {
  status: 'in_review',
  bookings: 0,
  sent: 1,
  reason: 'not_found_at_provider',
} as const;

const fault = (step: 'register' | 'execute', kind: Fault['kind']): Fault => ({ on: 'money', step, kind });

/** An order is registered first, without money; once the provider says that it is ready, a second request executes it. */
export const twoSteps: ScenarioGroup = {
  title: 'Registered first, executed when the provider is ready',
  scenarios: [
    { ...IN_TWO, name: 'two steps: paid', expected: PAID },
    {
      ...IN_TWO,
      name: 'two steps: declined by the first; never executed',
      outcome: 'declined',
      expected: { status: 'declined', bookings: 0, sent: 1 },
    },
    {
      ...IN_TWO,
      name: 'two steps: the first is refused; never executed',
      faults: [fault('register', 'refused')],
      expected: { status: 'failed', bookings: 0, sent: 1 },
    },
    {
      ...IN_TWO,
      name: 'two steps: the second is refused',
      faults: [fault('execute', 'refused')],
      expected: { status: 'failed', bookings: 0, sent: 2 },
    },
    {
      ...IN_TWO,
      name: 'two steps: created again five times at once',
      meanwhile: [{ deed: 'create_again', times: 5 }],
      expected: PAID,
    },
    ...(['reset_processed', 'silent_processed', 'unreadable_body', 'doubtful_processed'] as const).map(
      (kind): Scenario => ({
        ...IN_TWO,
        name: `two steps, the first: ${FAULTS[kind].words}; found ready, then executed`,
        faults: [fault('register', kind)],
        expected: PAID,
      }),
    ),
    {
      ...IN_TWO,
      name: 'two steps, the first: never arrived; never executed',
      faults: [fault('register', 'reset_unprocessed')],
      expected: NEVER_FOUND,
    },
    {
      ...RESENDING,
      name: 'two steps, resend allowed, the first: never arrived; sent again, then executed',
      faults: [fault('register', 'reset_unprocessed')],
      expected: { ...PAID, sent: 3 },
    },
    ...(['reset_processed', 'silent_processed', 'unreadable_body', 'error_page_processed'] as const).map(
      (kind): Scenario => ({
        ...IN_TWO,
        name: `two steps, the second: ${FAULTS[kind].words}; found paid`,
        faults: [fault('execute', kind)],
        expected: PAID,
      }),
    ),
    ...(['reset_unprocessed', 'error_page_unprocessed'] as const).map((kind): Scenario => ({
      ...IN_TWO,
      name: `two steps, the second: ${FAULTS[kind].words}; still ready`,
      faults: [fault('execute', kind)],
      expected: { status: 'in_review', bookings: 0, sent: 2, reason: 'not_executed_at_provider' },
    })),
    {
      ...RESENDING,
      name: 'two steps, resend allowed, the second: never arrived; still ready, and executed',
      faults: [fault('execute', 'reset_unprocessed')],
      expected: { ...PAID, sent: 3 },
    },
    {
      ...RESENDING,
      name: 'two steps, resend allowed, the second: processed, then reset; never sent again',
      faults: [fault('execute', 'reset_processed')],
      expected: PAID,
    },
    {
      ...IN_TWO,
      name: 'two steps: never becomes ready; never executed',
      faults: [{ on: 'status', kind: 'still_pending', times: 1_000 }],
      expected: { status: 'in_review', bookings: 0, sent: 1, reason: 'no_final_answer' },
    },
    {
      ...IN_TWO,
      name: 'two steps: paid by the provider before we asked for it',
      unasked: true,
      // One booking, but not by our word: whose money it was, a person must find out.
      expected: { status: 'in_review', bookings: 1, sent: 1, reason: 'paid_unasked' },
    },
    {
      ...IN_TWO,
      name: 'two steps: a person acts after the second',
      outcome: 'challenged',
      meanwhile: [{ deed: 'person', does: 'approve' }],
      expected: PAID,
    },
  ] satisfies readonly Scenario[],
};
