import type { AskedOperation, PaymentDeed, PaymentScenarioGroup } from '../scenario.js';

const HELD = { account: 'two_stage', way: 'page' } as const;
const HOLDING: readonly PaymentDeed[] = [
  { deed: 'payer', does: 'pay' },
  { deed: 'wait_until', status: 'held' },
];
const complete = (ends: AskedOperation['ends'], id = 'complete'): AskedOperation => ({
  ...{ deed: 'operate', kind: 'complete', id, ends },
});
const release = (ends: AskedOperation['ends'], id = 'void'): AskedOperation => ({
  ...{ deed: 'operate', kind: 'void', id, ends },
});

/** Two stages: the money is held first, then taken or released. */
export const holds: PaymentScenarioGroup = {
  title: 'Held money',
  scenarios: [
    {
      ...HELD,
      name: 'held until somebody decides',
      deeds: HOLDING,
      expected: { status: 'held', charges: 0 },
    },
    {
      ...HELD,
      name: 'held, then taken',
      deeds: [...HOLDING, complete('done')],
      expected: { status: 'succeeded', charges: 1 },
    },
    {
      ...HELD,
      name: 'held, taken and given back',
      deeds: [
        ...HOLDING,
        complete('done'),
        { deed: 'wait_until', status: 'succeeded' },
        { deed: 'operate', kind: 'refund', id: 'back', ends: 'done' },
      ],
      expected: { status: 'refunded', charges: 1, back: 10_000 },
    },
    {
      ...HELD,
      name: 'held, then released',
      deeds: [...HOLDING, release('done')],
      expected: { status: 'cancelled', charges: 0 },
    },
    {
      ...HELD,
      name: 'held until it runs out at the issuer',
      deeds: [...HOLDING, { deed: 'hold_runs_out' }],
      expected: { status: 'cancelled', charges: 0 },
    },
    {
      ...HELD,
      name: 'taken five times at once by one id: once',
      deeds: [...HOLDING, { ...complete('done'), times: 5 }],
      expected: { status: 'succeeded', charges: 1 },
    },
    {
      ...HELD,
      name: 'released, then to be taken: refused',
      deeds: [...HOLDING, release('done'), complete('refused')],
      expected: { status: 'cancelled', charges: 0 },
    },
    {
      ...HELD,
      name: 'to be given back before it is taken: refused',
      deeds: [...HOLDING, { deed: 'operate', kind: 'refund', id: 'back', ends: 'refused' }],
      expected: { status: 'held', charges: 0 },
    },
    {
      ...HELD,
      outcome: 'release_fails',
      name: 'held, but the issuer fails to release it',
      deeds: [...HOLDING, release('in_review')],
      expected: { status: 'in_review', charges: 0 },
    },
  ],
};
