import { PAYNETEASY_VARIANTS, type PayneteasyVariant } from '../../simulators/index.js';
import type { Scenario } from '../scenario.js';
import type { Difference, Variant } from '../subject.js';
import type { Role } from '../words.js';
import type { Asking } from './requests.js';
import {
  account,
  byCallback,
  formDone,
  inTwo,
  later,
  LEFT_OPEN,
  neverFound,
  PAID,
  PAID_UNPROVEN,
  refused,
  resent,
  secondLost,
  TURNED,
  wronglySigned,
} from './variant-rows.js';

/** One open question of the document, answered otherwise on both sides. */
export interface TwoSidedVariant extends Variant {
  readonly simulator: PayneteasyVariant;
  /** What the account's settings must say so that we speak the same. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The accounts it is played on. */
  readonly roles: readonly Role[];
  readonly asking: Asking;
}

/** What a variant needs beside the simulator's patch. */
interface OurSide {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly asking?: Asking;
  readonly more?: readonly Scenario[];
  readonly differently?: Readonly<Record<string, Difference>>;
}

/** A schedule of polls that ends soon: for what the provider never ends. */
const ENDS_SOON = { pollSchedule: [{ delayMs: 500, times: 24 }] };

const NOBODYS = 'A success that names no order is not believed.';

/** By the name of the simulator's variant. One without an entry here fails the suite's own test. */
export const OUR_SIDE: Readonly<Record<string, OurSide>> = {
  'orderIdField=client-order-id': { settings: { orderIdField: 'client-order-id' } },
  'requiredFields=purpose+bank_name': {
    settings: { requiredFields: ['purpose', 'bank_name'] },
    asking: { providerFields: { purpose: 'rent', bank_name: 'Example Bank' } },
  },
  'clockWindowSecs=30': {},
  'repeatedNonce=taken': {},

  'json=ignored': { more: [refused, wronglySigned] },
  'jsonType=text/html': {},
  'jsonRejection=200': { more: [refused] },
  'names=snake': { more: [refused, formDone] },
  'errorCodeAs=number': { more: [refused] },
  'amountAs=short': {},
  'amountAs=number': {},
  'forbiddenBody=error': { more: [wronglySigned] },
  'forbiddenBody=empty': { more: [wronglySigned] },

  'statusIds=ours': {},
  'statusIds=none': {
    settings: ENDS_SOON,
    differently: {
      'paid, created again': { expected: PAID_UNPROVEN, why: NOBODYS },
      'answer lost, paid': { expected: PAID_UNPROVEN, why: NOBODYS },
    },
  },
  'statusAmount=absent': { settings: { successWithoutAmount: true } },
  'processingAs=absent': { more: [later, formDone] },
  'transactionType=none': {
    settings: ENDS_SOON,
    // Whether the check was approved or the payout, nobody says.
    more: [{ ...inTwo, expected: { ...PAID_UNPROVEN, sent: 2 } }],
  },
  'transactionType=withdrawal': {
    settings: { transactionTypes: { payout: ['withdrawal'] } },
    more: [inTwo],
  },
  'rrn=absent': {},
  'notFoundAs=validation-error': { more: [resent] },
  'withoutOrderId=refused': {
    settings: ENDS_SOON,
    differently: {
      'answer lost, paid': {
        expected: PAID_UNPROVEN,
        why: 'With the answer the id is lost that every question needs: a person must look.',
      },
    },
  },

  'duplicateOrder=reject': { more: [resent, neverFound] },
  'duplicateOrder=execute_again': { more: [resent] },
  'repeatedPay=reject': { more: [inTwo, secondLost] },
  'repeatedPay=replay': { more: [inTwo, secondLost] },
  'readyAs=approved_check': { more: [inTwo, secondLost] },
  'declinesAt=pay': {
    more: [
      inTwo,
      {
        ...{ ...inTwo, name: 'two steps, declined by the second', outcome: 'declined' },
        expected: { status: 'declined', bookings: 0, sent: 2 },
      },
    ],
  },
  'redirectExpiry=never': {
    settings: { ...ENDS_SOON, redirectTtlSecs: 3, formGraceSecs: 1 },
    more: [{ ...account, name: 'form abandoned', outcome: 'challenged', expected: LEFT_OPEN }],
  },
  'unknownEnds=declined': {
    asking: { digits: { paid_later: '06' } },
    more: [{ ...later, name: 'unknown at first', expected: { status: 'declined', bookings: 0 } }],
  },
  'unknownEnds=never': {
    settings: ENDS_SOON,
    asking: { digits: { paid_later: '06' } },
    more: [{ ...later, name: 'unknown', expected: LEFT_OPEN }],
  },
  'errorTurns=approved': {
    settings: { errorStatus: 'review' },
    asking: { digits: { paid_later: '03' } },
    more: [
      { ...later, name: 'an error', expected: PAID_UNPROVEN, afterwards: [TURNED] },
      {
        ...later,
        name: 'an error, asked about again',
        afterwards: [TURNED, { deed: 'ask_again' }, { deed: 'wait_until', status: 'succeeded' }],
      },
    ],
  },

  'callbacks=off': { more: [{ ...byCallback, name: 'no callback', expected: PAID }] },
  'callbackType=absent': { more: [byCallback] },

  'balanceShape=list': {},
  'balanceShape=single': {},
};

/** Questions about one thing beside payouts to a card: by the name before `=`. */
export const NARROW: readonly string[] = [
  'clockWindowSecs',
  'repeatedNonce',
  'forbiddenBody',
  'repeatedPay',
  'readyAs',
  'declinesAt',
  'redirectExpiry',
  'callbacks',
  'callbackType',
  'balanceShape',
];

export const TWO_SIDED: readonly TwoSidedVariant[] = PAYNETEASY_VARIANTS.map((simulator) => {
  const { name, words } = simulator;
  const { settings = {}, asking = {}, more = [], differently } = OUR_SIDE[name] ?? {};
  const roles = new Set<Role>(['polled', ...more.map((scenario) => scenario.account)]);
  const isNarrow = NARROW.includes(name.split('=')[0] ?? '');
  return { name, words, isNarrow, more, differently, simulator, settings, asking, roles: [...roles] };
});
