import type { PayneteasyBehaviour, PayneteasyControl, PayneteasyOrderView } from '../../simulators/index.js';
import type { LedgerEntry, OrderName, ProviderControl, Surroundings } from '../subject.js';
import type { CallbackTwist, Role } from '../words.js';
import { loginOf, PAYNETEASY_ROLES } from './accounts.js';
import { simulatorFaults } from './faults.js';
import { actAt } from './person.js';

/** What each simulator does for the order of one account, and how its reference is told. */
export interface Served {
  /** The simulator that serves a role. */
  readonly controlOf: (role: Role) => PayneteasyControl;
  readonly rrn: PayneteasyBehaviour['rrn'];
}

/** The neutral switches over the simulator's own. */
export function payneteasyControl(
  { accountId, callbackUrl }: Surroundings,
  { controlOf, rrn }: Served,
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
      return entryOf(control.order(order.orderId, login), rrn, {
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
  rrn: Served['rrn'],
  requests: LedgerEntry['requests'],
): LedgerEntry {
  if (view === undefined) return { word: 'unknown', bookings: 0, bookedMinor: 0, requests };
  const { bookings, bookedMinor, bookingRecords, orderId } = view;
  const [only] = bookings === 1 ? bookingRecords : [];
  const reference = rrn === 'said' ? only?.reference : only && orderId;
  return { word: wordOf(view), bookings, bookedMinor, reference, requests };
}

/**
 * An approved check is no payout, and an `unknown` no end. A checked order that waits for a payout-pay moves nothing
 * (§6.3), so that a payout that has ended has not been paid by it.
 */
function wordOf({ status, kind, phase }: PayneteasyOrderView): LedgerEntry['word'] {
  if (phase === 'ready') return 'not_paid';
  if (status === 'approved') return kind === 'check' ? 'open' : 'paid';
  return status === 'declined' || status === 'filtered' || status === 'error' ? 'not_paid' : 'open';
}
