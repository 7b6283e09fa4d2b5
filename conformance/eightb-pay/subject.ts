import { eightbPay } from '../../providers/eightb-pay/index.js';
import { startEightbPaySimulator } from '../../simulators/index.js';
import type { PaymentSubject, PaymentSurroundings, PaymentVariant } from '../payments/subject.js';
import type { StartedPaymentSubject } from '../payments/subject.js';
import type { Role } from '../payments/words.js';
import { ROLE_NAMES, settingsFor, shopsFor } from './accounts.js';
import { eightbPayControl } from './control.js';
import { PLAYABLE, PLAYABLE_CALLBACKS } from './faults.js';
import { requestFor } from './requests.js';
import { TWO_SIDED } from './variants.js';

/** What the provider does not know yet it knows a second later; a callback is repeated after half a second. */
const TIMINGS = { secondMs: 50, uncertainSecs: 20, verificationSecs: 20 };

async function start(
  surroundings: PaymentSurroundings,
  asked?: PaymentVariant,
): Promise<StartedPaymentSubject> {
  const variant = TWO_SIDED.find(({ name }) => name === asked?.name);
  const simulator = await startEightbPaySimulator({
    shops: shopsFor(surroundings, variant?.simulator.patch),
    timings: TIMINGS,
  });
  return {
    accounts: playedOf(settingsFor(simulator.baseUrl, variant?.settings), variant?.roles),
    faults: PLAYABLE,
    callbackFaults: PLAYABLE_CALLBACKS,
    request: (way, outcome) => requestFor(way, outcome, variant?.currency),
    control: eightbPayControl(surroundings, simulator.control),
    stop: () => simulator.close(),
  };
}

/** An account that nobody uses costs a worker all the same. */
function playedOf(
  accounts: Readonly<Record<Role, object>>,
  roles: readonly Role[] = ROLE_NAMES,
): StartedPaymentSubject['accounts'] {
  return Object.fromEntries(roles.map((role) => [role, accounts[role]]));
}

/** 8b.world /pay, held to the suite of payments against its simulator. */
export const eightbPaySubject: PaymentSubject = { registration: eightbPay, variants: TWO_SIDED, start };
