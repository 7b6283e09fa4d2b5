import { EIGHTB_PAY_VARIANTS, type EightbPayVariant } from '../../simulators/index.js';
import type { PaymentScenario } from '../payments/scenario.js';
import { PAYMENT_SCENARIO_GROUPS } from '../payments/scenarios/index.js';
import { PAYMENT_SHORT_SET } from '../payments/scenarios/variant.js';
import type { PaymentVariant } from '../payments/subject.js';
import type { Role } from '../payments/words.js';

/** One open question of the document, answered otherwise on both sides. */
export interface TwoSidedVariant extends PaymentVariant {
  readonly simulator: EightbPayVariant;
  /** What every account's settings must say so that we speak the same. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The accounts it is played on. */
  readonly roles: readonly Role[];
  /** What is asked for. @default USD */
  readonly currency?: string | undefined;
}

type OurSide = Partial<Pick<TwoSidedVariant, 'settings' | 'more' | 'otherwise' | 'currency'>>;

const named = (...names: readonly string[]): readonly PaymentScenario[] =>
  names.map((name) => {
    const found = PAYMENT_SCENARIO_GROUPS.flatMap(({ scenarios }) => scenarios).find(
      (scenario) => scenario.name === name,
    );
    if (!found) throw new Error(`There is no scenario ${name}`);
    return found;
  });

const REFUSALS = named(
  'start: a documented refusal of the request',
  'refund: a documented refusal of the request',
);
const BY_CALLBACK = named('on time: nobody is asked');
const BRIEF = named('never comes', 'fails and leaves: declined once the order is over');
const HELD = { status: 'held', charges: 0 } as const;

/** By the name of the simulator's variant. One without an entry here fails the suite's own test. */
export const OUR_SIDE: Readonly<Record<string, OurSide>> = {
  'signAlgorithm=sha256': { settings: { signAlgorithm: 'sha256' }, more: BY_CALLBACK },
  'currencies=EUR,USD,UZS,GEL': { settings: { currencies: ['GEL'] }, currency: 'GEL' },
  'requiredFields=false': {},
  'zone=+03:00': { settings: { timeZone: 'Europe/Moscow' }, more: BRIEF },
  'sameReference=refuse': {
    settings: { reinit: 'never' },
    otherwise: {
      'start unanswered, fails twice, pays, created again': {
        deeds: [],
        expected: { status: 'in_review', charges: 0, reason: 'start_unanswered' },
      },
    },
  },
  'sameReference=newSession': {
    more: named('no start is ever answered: three more, then none; nobody could pay'),
  },

  'twoStage=true': {
    more: named('held, then taken', 'held, then released'),
    otherwise: {
      'start unanswered, fails twice, pays, created again': { expected: { ...HELD, started: 2 } },
      'paid, given back': {
        deeds: [
          { deed: 'payer', does: 'pay' },
          { deed: 'wait_until', status: 'held' },
          { deed: 'operate', kind: 'complete', id: 'take', ends: 'done' },
          { deed: 'wait_until', status: 'succeeded' },
          { deed: 'operate', kind: 'refund', id: 'back', ends: 'done' },
        ],
      },
      'charge by token unanswered': { expected: HELD },
    },
  },
  'verification=charges': {
    more: named('proves a card: held, released, never charged'),
    otherwise: {
      'proves a card: held, released, never charged': {
        expected: { status: 'in_review', charges: 1, reason: 'charged_to_verify' },
      },
    },
  },
  'doubleCharge=possible': { more: named('pays twice from two tabs: a person must look') },
  'systemCurrency=UAH': {
    more: named('in part', 'two parts of one size'),
    otherwise: Object.fromEntries(
      ['in part', 'two parts of one size'].map((name) => [
        name,
        {
          // A part would have to be named in a currency that nobody asked for.
          deeds: [
            { deed: 'payer', does: 'pay' },
            { deed: 'wait_until', status: 'succeeded' },
            { deed: 'operate', kind: 'refund', id: 'part', minor: 2_500, ends: 'refused' },
          ],
          expected: { status: 'succeeded', charges: 1 },
        },
      ]),
    ),
  },

  'wrapBase64At=60': { more: BY_CALLBACK },
  'statusAs=number': { more: BY_CALLBACK },
  'statusAs=string': { more: BY_CALLBACK },
  'idAs=string': { more: BY_CALLBACK },
  'amountAs=number': { more: BY_CALLBACK },
  'apiKeyInItems=false': { more: BY_CALLBACK },
  'echoKey=false': { settings: { requireEchoedKey: false } },
  'failures=signed': { more: REFUSALS },
  'errorFields=error': { more: REFUSALS },
  'errorFields=error_msg': { more: REFUSALS },
  'failureStatus=400': { more: REFUSALS },
  'failureStatus=422': { more: REFUSALS },
  'badSignStatus=200': { more: named('the credentials are wrong') },
  'unknownOrder=failure': {
    more: named('start: connection reset, nothing processed', 'token: connection reset, nothing processed'),
  },
  'contentType=html': { more: REFUSALS },

  'plainReport=true': {},
  'reportPageSize=2': {},

  'acknowledgement=status': { more: BY_CALLBACK },
  'callbacks=off': { more: named('lost: the polls find the outcome') },
};

export const TWO_SIDED: readonly TwoSidedVariant[] = EIGHTB_PAY_VARIANTS.map((simulator) => {
  const { settings = {}, ...ours } = OUR_SIDE[simulator.name] ?? {};
  const roles = [...new Set([...PAYMENT_SHORT_SET, ...(ours.more ?? [])].map(({ account }) => account))];
  return { name: simulator.name, words: simulator.words, simulator, settings, roles, ...ours };
});
