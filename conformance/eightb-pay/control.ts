import type { EightbPayControl } from '../../simulators/index.js';
import type { PaymentFaultOn } from '../payments/faults.js';
import type { PaymentControl, PaymentLedgerEntry, PaymentSurroundings } from '../payments/subject.js';
import type { CallbackTwist, Role } from '../payments/words.js';
import type { OrderName } from '../subject.js';
import { apiKeyOf, ROLE_NAMES } from './accounts.js';
import { METHODS, simulatorFaults } from './faults.js';
import { actAt } from './payer.js';

/** What a callback says instead of the truth. */
const TWISTS: Readonly<
  Record<
    Exclude<CallbackTwist, 'other_door' | 'nobodys_order'>,
    NonNullable<Parameters<EightbPayControl['callback']>[1]>
  >
> = {
  true: {},
  forged: { forged: true },
  says_created: { status: '0' },
  says_declined: { status: '99' },
  says_unheard_of: { status: '42' },
  says_nothing: { set: { status: null } },
  other_amount: { set: { amount: '0.01' } },
  foreign_shop: { set: { api_key: 'somebody-elses' } },
};

/** The neutral switches over the simulator's own. */
export function eightbPayControl(
  { accountId, callbackUrl }: PaymentSurroundings,
  simulator: EightbPayControl,
): PaymentControl {
  const roles = new Map(ROLE_NAMES.map((role) => [accountId(role), role]));

  function roleOf({ account }: OrderName): Role {
    const role = roles.get(account);
    if (role === undefined) throw new Error(`${account} is no account of this run`);
    return role;
  }

  return {
    inject(order, faults, callback) {
      const target = { reference: order.orderId, apiKey: apiKeyOf(roleOf(order)) };
      simulator.inject(...simulatorFaults(target, faults, callback));
    },
    visit: actAt,
    endOrder: ({ orderId }) => simulator.endOrder(orderId),
    releaseHold: ({ orderId }) => simulator.releaseHold(orderId),
    async callback(order, twist) {
      const role = roleOf(order);
      const url = callbackUrl(order.account);
      const { httpStatus } = await (twist === 'nobodys_order'
        ? simulator.strayCallback({ apiKey: apiKeyOf(role), reference: 'nobodys-order', url })
        : twist === 'other_door'
          ? simulator.callback(order.orderId, { url: callbackUrl(accountId('two_stage')) })
          : simulator.callback(order.orderId, { url, ...TWISTS[twist] }));
      return httpStatus === 200;
    },
    ledger({ orderId }) {
      const { byMethod } = simulator.requests(orderId).counts;
      const requests = Object.fromEntries(
        Object.entries(METHODS).map(([on, method]) => [on, byMethod[method]]),
      ) as Record<PaymentFaultOn, number>;
      return entryOf(simulator.order(orderId), requests);
    },
  };
}

function entryOf(
  view: ReturnType<EightbPayControl['order']>,
  requests: PaymentLedgerEntry['requests'],
): PaymentLedgerEntry {
  const { bookings = 0, bookedMinor = 0, refundedMinor = 0, heldMinor = 0 } = view ?? {};
  return { charges: bookings, chargedMinor: bookedMinor, refundedMinor, heldMinor, requests };
}
