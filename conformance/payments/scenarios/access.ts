import type { PaymentScenarioGroup } from '../scenario.js';

const LOST = [{ on: 'start', kind: 'reset_processed' }] as const;

/** Addresses, credentials, and what the account says about beginning again. */
export const access: PaymentScenarioGroup = {
  title: 'Addresses, credentials and beginning again',
  scenarios: [
    {
      account: 'unreachable',
      way: 'page',
      name: 'nobody listens at the address',
      expected: { status: 'failed', charges: 0, started: 0, reason: 'never_sent' },
    },
    {
      account: 'wrong_credentials',
      way: 'page',
      name: 'the credentials are wrong',
      expected: { status: 'failed', charges: 0 },
    },
    {
      account: 'not_beginning_again',
      way: 'page',
      name: 'the start without an answer may not be repeated: a person must look',
      faults: LOST,
      expected: { status: 'in_review', charges: 0, started: 1, reason: 'start_unanswered' },
    },
    {
      account: 'brief',
      way: 'page',
      name: 'no start is ever answered: three more, then none; nobody could pay',
      faults: [{ on: 'start', kind: 'reset_processed', times: 100 }],
      expected: { status: 'expired', charges: 0, started: { atMost: 4 } },
    },
    {
      account: 'brief',
      way: 'page',
      name: 'no start ever arrives',
      faults: [{ on: 'start', kind: 'reset_unprocessed', times: 100 }],
      expected: { status: 'expired', charges: 0, started: { atMost: 4 } },
    },
  ],
};
