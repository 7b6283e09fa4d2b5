import { payneteasy } from '../../providers/payneteasy/index.js';
import {
  PAYNETEASY_VARIANT_DEFAULTS,
  startPayneteasySimulator,
  type PayneteasySimulator,
  type PayneteasySimulatorOptions,
} from '../../simulators/index.js';
import type { StartedSubject, Subject, Surroundings, Variant } from '../subject.js';
import type { Role } from '../words.js';
import { makeSigningKeys, merchantsFor, settingsFor, type SigningKeys } from './accounts.js';
import { payneteasyControl, type Ways } from './control.js';
import { PLAYABLE, PLAYABLE_CALLBACKS } from './faults.js';
import { DIFFERENTLY } from './differently.js';
import { requestFor } from './requests.js';
import { TWO_SIDED, type TwoSidedVariant } from './variants.js';

const MINUTE_MS = 60_000;

/** What takes its time takes 3.5 s; a receiver has 8 s for the form, from when we know its address. */
const TIMINGS: PayneteasySimulatorOptions['timings'] = {
  approveMs: 300,
  declineMs: 300,
  checkMs: 300,
  unknownMs: 3_500,
  lateMs: 3_500,
  redirectMs: 8_000,
  errorTurnsMs: 4_000,
  // The first repetition of a callback comes after two minutes there, and after 0.6 s here.
  callbackSecondMs: 5,
};

/** One pair of each for all runs: making them takes a while. */
let signingKeys: SigningKeys | undefined;

async function start(surroundings: Surroundings, asked?: Variant): Promise<StartedSubject> {
  const keys = (signingKeys ??= makeSigningKeys());
  const options: PayneteasySimulatorOptions = {
    merchants: merchantsFor(keys),
    timings: TIMINGS,
    waitsFromTold: true,
  };
  const variant = TWO_SIDED.find(({ name }) => name === asked?.name);
  if (variant) return startVaried(surroundings, keys, options, variant);
  const inTime = await startPayneteasySimulator(options);
  const ahead = await startPayneteasySimulator({ ...options, clockSkewMs: 2 * MINUTE_MS });
  const farAhead = await startPayneteasySimulator({ ...options, clockSkewMs: 60 * MINUTE_MS });
  const otherwise: Partial<Record<Role, PayneteasySimulator>> = {
    clock_off: ahead,
    clock_far_off: farAhead,
  };
  const baseUrls = {
    inTime: inTime.baseUrl,
    ahead: ahead.baseUrl,
    farAhead: farAhead.baseUrl,
  };
  return {
    accounts: settingsFor(baseUrls, keys),
    ...common(),
    request: requestFor,
    control: payneteasyControl(
      surroundings,
      (role) => (otherwise[role] ?? inTime).control,
      PAYNETEASY_VARIANT_DEFAULTS,
    ),
    async stop() {
      await Promise.all([inTime, ahead, farAhead].map((simulator) => simulator.close()));
    },
  };
}

/** One simulator that answers one open question otherwise, and our side of it for the accounts that play it. */
async function startVaried(
  surroundings: Surroundings,
  keys: SigningKeys,
  options: PayneteasySimulatorOptions,
  { simulator: { patch }, settings, roles, asking }: TwoSidedVariant,
): Promise<StartedSubject> {
  const simulator = await startPayneteasySimulator({ ...options, ...patch });
  const { baseUrl } = simulator;
  const own = settingsFor({ inTime: baseUrl, ahead: baseUrl, farAhead: baseUrl }, keys);
  return {
    accounts: Object.fromEntries(roles.map((role) => [role, { ...own[role], ...settings }])),
    ...common(),
    request: (flow, outcome) => requestFor(flow, outcome, asking),
    control: payneteasyControl(surroundings, () => simulator.control, {
      ...PAYNETEASY_VARIANT_DEFAULTS,
      ...(patch as Partial<Ways>),
    }),
    stop: () => simulator.close(),
  };
}

/** Cards are stored elsewhere (§6.2). */
function common(): Pick<StartedSubject, 'faults' | 'callbackFaults' | 'card'> {
  return { faults: PLAYABLE, callbackFaults: PLAYABLE_CALLBACKS, card: () => undefined };
}

/** Payneteasy, held to the suite against its simulator. */
export const payneteasySubject: Subject = {
  registration: payneteasy,
  variants: TWO_SIDED,
  differently: DIFFERENTLY,
  start,
};
