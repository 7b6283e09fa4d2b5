import { ALL2PAY_VARIANTS, type All2payVariant } from '../../simulators/index.js';
import type { Scenario } from '../scenario.js';
import { storing } from '../scenarios/storing.js';
import type { StoringScenario } from '../storing-scenario.js';
import type { Variant } from '../subject.js';
import type { Role } from '../words.js';

/** One open question of the document, answered otherwise on both sides. */
export interface TwoSidedVariant extends Variant {
  readonly simulator: All2payVariant;
  /** What the account's settings must say so that we speak the same. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The accounts it is played on. */
  readonly roles: readonly Role[];
}

/** What a variant needs beside the simulator's patch. */
interface OurSide {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly more?: readonly Scenario[];
  readonly storing?: readonly StoringScenario[];
}

const PAID = { status: 'succeeded', bookings: 1 } as const;
const APPROVES = [{ deed: 'person', does: 'approve' }] as const;

const page = { account: 'polled', flow: 'hosted_page', outcome: 'paid' } as const;
const pageDone: Scenario = { ...page, name: 'page done', meanwhile: APPROVES, expected: PAID };
const pageOver: Scenario = { ...page, name: 'page abandoned', expected: { status: 'expired', bookings: 0 } };
const phone: Scenario = { account: 'polled', name: 'phone', flow: 'phone', outcome: 'paid', expected: PAID };
const noFunds: Scenario = {
  ...{ account: 'polled', name: 'no funds', flow: 'card', outcome: 'no_funds' },
  expected: { status: 'declined', bookings: 0 },
};
const cardRefused: Scenario = {
  ...{ account: 'polled', name: 'card refused', flow: 'card', outcome: 'paid' },
  faults: [{ on: 'money', kind: 'card_refused' }],
  expected: { status: 'declined', bookings: 0 },
};
const challenge = { account: 'polled', flow: 'payer_card', outcome: 'challenged' } as const;
const challengeDone: Scenario = {
  ...challenge,
  name: 'challenge approved',
  meanwhile: APPROVES,
  expected: PAID,
};
const byCallback: Scenario = {
  ...{ account: 'called_back', name: 'by callback', flow: 'card', outcome: 'paid_later' },
  expected: { ...PAID, asked: 1 },
};
const withoutCallback: Scenario = { ...byCallback, name: 'no callback', expected: PAID };
const encrypted: Scenario = {
  account: 'encrypting',
  name: 'encrypted',
  flow: 'card',
  outcome: 'paid',
  expected: PAID,
};
const signed: Scenario = {
  account: 'signing',
  name: 'signed',
  flow: 'card',
  outcome: 'paid',
  expected: PAID,
};
const wronglySigned: Scenario = {
  ...signed,
  account: 'wrongly_signing',
  name: 'wrongly signed',
  // Nor can a question be asked then: the refusal is never confirmed.
  expected: { status: 'in_review', bookings: 0 },
};

const cards = (...named: string[]): readonly StoringScenario[] =>
  storing.filter(({ name }) => named.some((part) => name.endsWith(part)));
const RECIPIENTS = cards("recipient's card: stored, then paid to");
const PAYERS = cards("payer's card: challenge approved", "payer's card: stored without a challenge");

/** A schedule of polls that ends soon: for what the provider never ends. */
const ENDS_SOON = { pollSchedule: [{ delayMs: 500, times: 24 }] };
const LEFT_OPEN = { status: 'in_review', bookings: 0 } as const;

/** By the name of the simulator's variant. One without an entry here fails the suite's own test. */
export const OUR_SIDE: Readonly<Record<string, OurSide>> = {
  'panPath=target.card.pan': { settings: { panPath: 'target.card.pan' } },
  'cards=seTokenOnly': { settings: { cardEncryption: 'seToken' } },
  'cvvField=cvc': { settings: { cvvField: 'cvc' }, storing: PAYERS },
  'requireClientName=true': { settings: { requireClientName: true } },
  'minAmountMinor=100': { settings: { minAmount: 100 } },
  'orderNumberPattern=^[A-Za-z0-9-]{1,32}$': { settings: { orderNumberPattern: '^[A-Za-z0-9-]{1,32}$' } },

  'signatureInput=rawDigest': { settings: { signatureInput: 'rawDigest' }, more: [signed] },
  'hashRawBytes=false': { settings: { hashRawBytes: false }, more: [signed] },
  'badSignatureReply=row7': { settings: ENDS_SOON, more: [wronglySigned] },
  'badSignatureReply=html403': { settings: ENDS_SOON, more: [wronglySigned] },

  'duplicateOrder=replayStored': {},
  'duplicateOrder=executeAgain': {},
  'feeMode=deducted': { settings: { feeMode: 'deducted' } },
  'feeMinor=50': {},
  'sbpStatuses=async': { more: [phone] },

  'formRetries=true': {
    more: [
      {
        ...{ ...page, outcome: 'declined' as const, name: 'declined, then another card' },
        meanwhile: [{ deed: 'person', does: 'approve_twice' }],
        expected: PAID,
      },
    ],
  },
  'returnParams=': { more: [pageDone] },
  'returnParams=orderNumber': { more: [pageDone] },
  'sessionExpiry=registered': { settings: ENDS_SOON, more: [{ ...pageOver, expected: LEFT_OPEN }] },
  'sessionExpiry=rejected': { more: [{ ...pageOver, expected: { status: 'declined', bookings: 0 } }] },

  'threeDs=classic': { more: [challengeDone], storing: PAYERS },
  'threeDs=creq': { more: [challengeDone], storing: PAYERS },
  'threeDs=unsupported': {
    more: [{ ...challenge, name: 'challenge', expected: { status: 'declined', bookings: 0 } }],
  },
  'is3DSVer2=true': { more: [challengeDone], storing: PAYERS },
  'challengeStatus=5': { more: [challengeDone] },
  'challengeExpiry=never': {
    settings: ENDS_SOON,
    more: [{ ...challenge, name: 'challenge abandoned', expected: LEFT_OPEN }],
  },

  'frictionlessSourceBinding=true': { storing: cards("payer's card: stored without a challenge") },
  'bindingDedup=same': { storing: [...RECIPIENTS, ...PAYERS] },
  'sourceBindingStatus=notFound': {
    settings: { sourceBindingStatus: false, ...ENDS_SOON },
    storing: cards("payer's card: stored without a challenge"),
  },
  'bindingFields=nested': { storing: [...RECIPIENTS, ...PAYERS] },
  'orderType=alwaysSource': {
    settings: {
      orderTypeValues: { destination: ['createSourceBindingId'], source: ['createSourceBindingId'] },
    },
    storing: [...RECIPIENTS, ...PAYERS],
  },
  'orderType=absent': { storing: [...RECIPIENTS, ...PAYERS] },

  'errorEnvelope=orderNumber': { more: [noFunds, cardRefused] },
  'errorEnvelope=bare': { more: [noFunds, cardRefused] },
  'amountAs=string': {},
  'currencyAs=number': {},
  'orderStatusAs=number': {},
  'orderIdInAnswers=false': { storing: RECIPIENTS },
  'contentType=html': {},
  'row32Blanks=plain': { more: [cardRefused] },

  'callbacksEnabled=off': { more: [withoutCallback] },
  'checksum=asymmetric': { more: [byCallback] },
  'callbackDigest=sha256': { settings: { callbackDigest: 'sha256' }, more: [byCallback] },
  'checksum=none': { more: [withoutCallback] },

  'keyExpiration=s': { more: [encrypted] },
  'keyValue=pem': { more: [encrypted] },
  'protocolVersion=none': { more: [encrypted] },
  'protocolVersion=RSA': { more: [encrypted] },
  'protocolVersion=RSA-4096': { more: [encrypted] },
};

/** Questions about one thing beside payouts to a card: by the name before `=`. */
export const NARROW: readonly string[] = [
  'cvvField',
  'signatureInput',
  'hashRawBytes',
  'badSignatureReply',
  'sbpStatuses',
  'formRetries',
  'returnParams',
  'sessionExpiry',
  'threeDs',
  'is3DSVer2',
  'challengeStatus',
  'challengeExpiry',
  'frictionlessSourceBinding',
  'bindingDedup',
  'sourceBindingStatus',
  'bindingFields',
  'callbacksEnabled',
  'checksum',
  'callbackDigest',
  'keyExpiration',
  'keyValue',
  'protocolVersion',
  'minAmountMinor',
];

export const TWO_SIDED: readonly TwoSidedVariant[] = ALL2PAY_VARIANTS.map((simulator) => {
  const { settings = {}, more = [], storing: storings = [] } = OUR_SIDE[simulator.name] ?? {};
  const roles = new Set<Role>(['polled', ...[...more, ...storings].map(({ account }) => account)]);
  const { name, words } = simulator;
  const isNarrow = NARROW.includes(name.split('=')[0] ?? '');
  return { name, words, isNarrow, more, storing: storings, simulator, settings, roles: [...roles] };
});
