import { EIGHTB_DISBURSEMENT_VARIANTS, type EightbDisbursementVariant } from '../../simulators/index.js';
import type { Scenario } from '../scenario.js';
import type { Difference, Variant } from '../subject.js';
import { ENDS_SOON, type AccountSettings, type PlayedRole } from './accounts.js';
import { POLLS } from '../words.js';

/** One open question of the document, answered otherwise on both sides. */
export interface TwoSidedVariant extends Variant {
  readonly simulator: EightbDisbursementVariant;
  /** What the accounts' settings must say so that we speak the same. */
  readonly settings: AccountSettings;
  readonly roleSettings: Partial<Readonly<Record<PlayedRole, AccountSettings>>>;
  /** The accounts it is played on. */
  readonly roles: readonly PlayedRole[];
}

type PlayedScenario = Scenario & { readonly account: PlayedRole };

/** What a variant needs beside the simulator's patch. */
interface OurSide {
  readonly settings?: AccountSettings;
  readonly roleSettings?: TwoSidedVariant['roleSettings'];
  readonly more?: readonly PlayedScenario[];
  readonly differently?: Variant['differently'];
}

const PAID = { status: 'succeeded', bookings: 1 } as const;
const DECLINED = { status: 'declined', bookings: 0 } as const;
const CARD = { flow: 'card', outcome: 'paid' } as const;

const byCallback: PlayedScenario = {
  ...{ account: 'called_back', name: 'by callback', flow: 'card', outcome: 'paid_later' },
  expected: PAID,
};
const withoutCallback: PlayedScenario = { ...byCallback, name: 'no callback' };
const askedFor: PlayedScenario = {
  ...{ ...CARD, account: 'asking_for_callbacks', name: 'overdue callback asked for', callback: 'lost' },
  faults: [{ on: 'status', kind: 'still_pending' }],
  expected: PAID,
};
const resent: PlayedScenario = {
  ...{ ...CARD, account: 'resending', name: 'lost, sent again' },
  faults: [{ on: 'money', kind: 'reset_unprocessed' }],
  expected: { ...PAID, sent: 2 },
};
const notLetIn: PlayedScenario = {
  ...{ ...CARD, account: 'wrong_credentials', name: 'not let in' },
  // Nor can a question be asked then: the refusal is never confirmed.
  expected: { status: 'in_review', bookings: 0 },
};
const noFunds: PlayedScenario = {
  ...{ account: 'polled', name: 'no funds', flow: 'card', outcome: 'no_funds' },
  expected: DECLINED,
};
const badField: PlayedScenario = {
  ...{ account: 'polled', name: 'bad field', flow: 'wallet', outcome: 'declined' },
  expected: DECLINED,
};

/** Without checks nothing is ever proven: each payout ends with a person, whatever became of its money. */
const NEVER_PROVEN: Readonly<Record<string, Difference>> = Object.fromEntries(
  (
    [
      ['paid, created again', 1],
      ['declined', 0],
      ['answer lost, paid', 1],
      ['lost, not paid', 0],
    ] as const
  ).map(([name, bookings]) => [
    name,
    {
      expected: { status: 'in_review', bookings, reason: 'no_final_answer' },
      why: 'Without checks nothing is ever proven: a person looks.',
    },
  ]),
);

/** By the name of the simulator's variant. One without an entry here fails the subject's own test. */
export const OUR_SIDE: Readonly<Record<string, OurSide>> = {
  'recipes={"check":["id","dt"]}': { settings: { recipes: { check: ['id', 'dt'] } } },
  'recipes={"callback":["id","amount","result"]}': {
    settings: { recipes: { callback: ['id', 'amount', 'result'] } },
    more: [byCallback],
  },
  'recipes={"notify":["id"]}': { settings: { recipes: { notify: ['id'] } }, more: [askedFor] },
  'fieldCase=upper': { settings: { fieldCase: 'upper' }, more: [byCallback, askedFor] },
  'timeZone=Europe/Moscow': { settings: { providerTimeZone: 'Europe/Moscow' }, more: [byCallback] },
  'amountScale=0': { settings: { amountScale: { EUR: 0 } }, more: [byCallback] },
  'checkDt=original': { settings: { checkDt: 'original' } },
  'dtWindowMs=300000': { more: [resent] },
  'secretInClear=required': { settings: { sendSecretInClear: true }, more: [askedFor] },

  'existingId=duplicate': { more: [resent] },
  'existingId=executeAgain': {},
  'check=off': {
    // The refused questions are no reason to hold payouts back.
    settings: { authFailurePolicy: 'continue', ...ENDS_SOON },
    differently: NEVER_PROVEN,
  },

  'notFoundToken=NOT_FOUND': { more: [resent] },
  'notFoundToken=Not found': { more: [resent] },
  'errorForm=bare': { more: [noFunds, badField] },
  'errorForm=tight': { more: [noFunds, badField] },
  'errorElement=absent': { more: [noFunds] },
  'idEcho=registered': { settings: { requireIdEcho: false } },
  'elementCase=upper': { more: [noFunds] },
  'contentType=text/plain': {},
  'securityReply=http400': { more: [notLetIn] },
  'parameterReply=http403': { more: [{ ...badField, expected: { status: 'failed', bookings: 0 } }] },
  'unknownService=http404': {
    more: [notLetIn],
    roleSettings: { wrong_credentials: { serviceId: '9999' } },
  },

  'callbacks=off': {
    settings: { pollSchedule: POLLS },
    more: [withoutCallback],
  },
  'ack=json': {
    settings: { ackBody: '{"status":"received"}', ackContentType: 'application/json' },
    more: [byCallback],
  },
  'callbackDt=sending': {
    more: [byCallback, { ...byCallback, name: 'callback doubled', callback: 'doubled' }],
  },

  // No payout reads a list: test/providers/eightb-disbursement reads them all.
  'statementComment=plain': {},
  'registryTypeIn=path': { settings: { registryPath: '/reestr', registryTypeIn: 'path' } },
  'registryDelimiter=;': { settings: { registryDelimiter: ';' } },
  'registryColumns={"id":"operation_id","status":"state"}': {
    settings: { registryColumns: { id: 'operation_id', status: 'state' } },
  },
};

/** Questions about one thing beside payouts to a card: by the name before `=`. */
export const NARROW: readonly string[] = [
  'securityReply',
  'parameterReply',
  'unknownService',
  'callbacks',
  'ack',
  'callbackDt',
  'statementComment',
  'registryTypeIn',
  'registryDelimiter',
  'registryColumns',
];

export const TWO_SIDED: readonly TwoSidedVariant[] = EIGHTB_DISBURSEMENT_VARIANTS.map((simulator) => {
  const { settings = {}, roleSettings = {}, more = [], differently } = OUR_SIDE[simulator.name] ?? {};
  const roles = new Set<PlayedRole>(['polled', ...more.map(({ account }) => account)]);
  const { name, words } = simulator;
  const isNarrow = NARROW.includes(name.split('=')[0] ?? '');
  return { name, words, isNarrow, more, differently, simulator, settings, roleSettings, roles: [...roles] };
});
