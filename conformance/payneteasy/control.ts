import type { PayneteasyBehaviour, PayneteasyControl, PayneteasyOrderView } from '../../simulators/index.js';
import type { LedgerEntry, OrderName, ProviderControl, Surroundings } from '../subject.js';
import type { CallbackTwist, Role } from '../words.js';
import { loginOf, PAYNETEASY_ROLES } from './accounts.js';
import { simulatorFaults } from './faults.js';
import { actAt } from './person.js';

/** What of the provider's behaviour its books must be read by. */
export type Ways = Pick<PayneteasyBehaviour, 'rrn' | 'errorTurns'>;

/** The neutral switches over the simulator's own. `controlOf` finds the simulator that serves a role. */
export function payneteasyControl(
  { accountId, callbackUrl }: Surroundings,
  controlOf: (role: Role) => PayneteasyControl,
  ways: Ways,
): ProviderControl {
  const roles = new Map(PAYNETEASY_ROLES.map((role) => [accountId(role), role]));

  function of({ account }: OrderName): { readonly control: PayneteasyControl; readonly login: string } {
    const role = roles.get(account);
    if (role === undefined) throw new Error(`${account} is no account of this run`);
    return { control: controlOf(role), login: loginOf(role) };
  }

  return {
    async inject(order, faults, callback) {
      const { control, login } = of(order);
      control.inject(...simulatorFaults({ clientOrderId: order.orderId, login }, faults, callback));
    },
    async executeUnasked(order) {
      const { control, login } = of(order);
      control.inject({ kind: 'pay_unasked', clientOrderId: order.orderId, login });
    },
    async callback(order, twist) {
      const { control, login } = of(order);
      const { httpStatus } =
        twist === 'foreign'
          ? await control.strayCallback({
              login,
              clientOrderId: 'nobodys-order',
              url: callbackUrl(order.account),
            })
          : await control.callback(order.orderId, { login, ...TWISTS[twist] });
      return httpStatus === 200;
    },
    visit: actAt,
    async card() {
      return { stored: 0 };
    },
    async ledger(order) {
      const { control, login } = of(order);
      const { counts } = control.requests(order.orderId, login);
      return entryOf(control.order(order.orderId, login), ways, {
        money: counts.money,
        status: counts.status,
      });
    },
  };
}

const TWISTS: Readonly<Record<Exclude<CallbackTwist, 'foreign'>, { status?: string; forged?: boolean }>> = {
  true: {},
  forged: { forged: true },
  says_paid: { status: 'approved' },
  says_declined: { status: 'declined' },
};

function entryOf(
  view: PayneteasyOrderView | undefined,
  ways: Ways,
  requests: LedgerEntry['requests'],
): LedgerEntry {
  if (view === undefined) return { word: 'unknown', bookings: 0, bookedMinor: 0, requests };
  const { bookings, bookedMinor, bookingRecords, orderId } = view;
  const [only] = bookings === 1 ? bookingRecords : [];
  const reference = ways.rrn === 'said' ? only?.reference : only && orderId;
  return { word: wordOf(view, ways), bookings, bookedMinor, reference, requests };
}

/**
 * An approved check is no payout, and an `unknown` no end. A checked order that waits for a payout-pay moves nothing
 * (§6.3), so that a payout that has ended has not been paid by it.
 */
function wordOf({ status, kind, phase }: PayneteasyOrderView, { errorTurns }: Ways): LedgerEntry['word'] {
  if (phase === 'ready') return 'not_paid';
  switch (status) {
    case 'approved':
      return kind === 'check' ? 'open' : 'paid';
    case 'error':
      return errorTurns === 'never' ? 'not_paid' : 'open';
    case 'declined':
    case 'filtered':
      return 'not_paid';
    default:
      return 'open';
  }
}
