import type { Scenario } from '../scenario.js';

const FORM = { account: 'polled', flow: 'bank_account', outcome: 'challenged' } as const;

/** The recipient must fill in a form, which only the questions after the execution tell of. */
export const formAfter: readonly Scenario[] = [
  {
    ...FORM,
    name: 'form: approved',
    meanwhile: [{ deed: 'person', does: 'approve' }],
    expected: { status: 'succeeded', bookings: 1 },
  },
  {
    ...FORM,
    name: 'form: mistyped first',
    meanwhile: [{ deed: 'person', does: 'mistype_then_approve' }],
    expected: { status: 'succeeded', bookings: 1 },
  },
  {
    ...FORM,
    name: 'form: declined by the person',
    meanwhile: [{ deed: 'person', does: 'decline' }],
    expected: { status: 'declined', bookings: 0 },
  },
  { ...FORM, name: 'form: abandoned', expected: { status: 'expired', bookings: 0 } },
  {
    ...FORM,
    name: 'form: the browser returns undone, then the person acts after all',
    meanwhile: [{ deed: 'browser_returns' }, { deed: 'person', does: 'approve' }],
    expected: { status: 'succeeded', bookings: 1 },
  },
  {
    ...FORM,
    name: 'form: approved, the callback ends it',
    account: 'called_back',
    meanwhile: [{ deed: 'person', does: 'approve' }],
    expected: { status: 'succeeded', bookings: 1 },
  },
  {
    ...FORM,
    name: 'form: the answer to the request is lost; a question brings the address, then approved',
    faults: [{ on: 'money', kind: 'reset_processed' }],
    meanwhile: [{ deed: 'person', does: 'approve' }],
    expected: { status: 'succeeded', bookings: 1 },
  },
  {
    ...FORM,
    name: 'form: its address is lost on the way to us; nobody can act',
    // As long as a form is open here.
    faults: [{ on: 'status', kind: 'unreadable_body', times: 20 }],
    expected: { status: 'expired', bookings: 0 },
  },
  {
    ...FORM,
    name: 'form: a cancel while the person should act is refused; abandoned',
    meanwhile: [
      { deed: 'wait_until', status: 'action_required' },
      { deed: 'cancel', cancelled: false },
    ],
    expected: { status: 'expired', bookings: 0 },
  },
];
