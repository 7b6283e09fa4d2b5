import { all2pay } from '../../providers/all2pay/index.js';
import {
  startAll2paySimulator,
  type All2paySimulator,
  type All2paySimulatorOptions,
} from '../../simulators/index.js';
import type { StartedSubject, Subject, Surroundings, Variant } from '../subject.js';
import type { Role } from '../words.js';
import { loginsFor, makeSigningKeys, settingsFor, type SigningKeys } from './accounts.js';
import { all2payControl } from './control.js';
import { PLAYABLE, PLAYABLE_CALLBACKS } from './faults.js';
import { cardFor, requestFor, STORED_ELSEWHERE } from './requests.js';
import { TWO_SIDED } from './variants.js';
import { variedLogins, variedSettings } from './varied.js';

const MINUTE_MS = 60_000;

/** An order that is paid later is pending for 3.5 s; a person has 9 s for a page of 60 s, and for a challenge. */
const TIMINGS = { pendingMs: 3_500, sessionSecondMs: 150, threeDsMs: 9_000 };

/** One pair of each for all runs: making them takes a while. */
let signingKeys: SigningKeys | undefined;

async function start(surroundings: Surroundings, asked?: Variant): Promise<StartedSubject> {
  const keys = (signingKeys ??= makeSigningKeys());
  const logins = loginsFor(surroundings, keys);
  const options: All2paySimulatorOptions = {
    logins,
    timings: TIMINGS,
    bindings: { [STORED_ELSEWHERE.id]: { pan: STORED_ELSEWHERE.pan, clientId: STORED_ELSEWHERE.clientId } },
    callbacks: { repeatMs: 500, maxTries: 3 },
  };
  const variant = TWO_SIDED.find(({ name }) => name === asked?.name);
  if (variant) {
    const varied = { ...options, logins: variedLogins(logins, variant), keys: variant.simulator.keys };
    const simulator = await startAll2paySimulator(varied);
    const { baseUrl } = simulator;
    const settings = settingsFor({ inTime: baseUrl, ahead: baseUrl, farAhead: baseUrl }, keys);
    return subjectOf(surroundings, variedSettings(settings, variant, simulator), () => simulator, [
      simulator,
    ]);
  }
  const inTime = await startAll2paySimulator(options);
  const ahead = await startAll2paySimulator({ ...options, clockSkewMs: 10 * MINUTE_MS });
  const farAhead = await startAll2paySimulator({ ...options, clockSkewMs: 90 * MINUTE_MS });
  const accounts = settingsFor(
    { inTime: inTime.baseUrl, ahead: ahead.baseUrl, farAhead: farAhead.baseUrl },
    keys,
  );
  const otherwise: Partial<Record<Role, All2paySimulator>> = { clock_off: ahead, clock_far_off: farAhead };
  return subjectOf(surroundings, accounts, (role) => otherwise[role] ?? inTime, [inTime, ahead, farAhead]);
}

function subjectOf(
  surroundings: Surroundings,
  accounts: StartedSubject['accounts'],
  simulatorOf: (role: Role) => All2paySimulator,
  simulators: readonly All2paySimulator[],
): StartedSubject {
  return {
    accounts,
    faults: PLAYABLE,
    callbackFaults: PLAYABLE_CALLBACKS,
    request: requestFor,
    card: cardFor,
    control: all2payControl(surroundings, (role) => simulatorOf(role).control),
    async stop() {
      await Promise.all(simulators.map((simulator) => simulator.close()));
    },
  };
}

/** All2pay, held to the suite against its simulator. */
export const all2paySubject: Subject = { registration: all2pay, variants: TWO_SIDED, start };
