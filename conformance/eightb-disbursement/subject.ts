import { eightbDisbursement } from '../../providers/eightb-disbursement/index.js';
import { startEightbDisbursementSimulator } from '../../simulators/index.js';
import type { StartedSubject, Subject, Surroundings, Variant } from '../subject.js';
import { servicesFor, settingsFor } from './accounts.js';
import { eightbControl } from './control.js';
import { DIFFERENTLY } from './differently.js';
import { PROVIDERS_DIRECTIONS } from './directions.js';
import { PLAYABLE, PLAYABLE_CALLBACKS } from './faults.js';
import { requestFor } from './requests.js';
import { TWO_SIDED } from './variants.js';
import { variedSettings } from './varied.js';

/** An operation that is paid later, or declined, is in work for 4.5 s; what nobody takes is sent again for 2 s. */
const TIMINGS = { paidMs: 4_500, callbackGapsMs: [500], callbackGiveUpMs: 2_000 };

async function start(surroundings: Surroundings, asked?: Variant): Promise<StartedSubject> {
  const variant = TWO_SIDED.find(({ name }) => name === asked?.name);
  const simulator = await startEightbDisbursementSimulator({
    services: servicesFor(surroundings),
    destinations: PROVIDERS_DIRECTIONS,
    timings: TIMINGS,
    ...variant?.simulator.patch,
  });
  const settings = settingsFor(simulator.baseUrl);
  return {
    accounts: variant ? variedSettings(settings, variant) : settings,
    faults: PLAYABLE,
    callbackFaults: PLAYABLE_CALLBACKS,
    oddCallbacks: ['other_amount', 'signed_by_another', 'at_anothers_door'],
    request: requestFor,
    card: () => undefined,
    control: eightbControl(surroundings, simulator.control),
    stop: () => simulator.close(),
  };
}

/** 8b.world Disbursement, held to the suite against its simulator. */
export const eightbDisbursementSubject: Subject = {
  registration: eightbDisbursement,
  variants: TWO_SIDED,
  differently: DIFFERENTLY,
  start,
};
