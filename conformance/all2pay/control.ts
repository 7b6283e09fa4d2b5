import type { All2payControl, OrderView } from '../../simulators/index.js';
import type { LedgerEntry, OrderName, ProviderControl, Surroundings } from '../subject.js';
import { ROLES, type CallbackTwist, type Role } from '../words.js';
import { loginOf } from './accounts.js';
import { simulatorFaults } from './faults.js';
import { actAt } from './person.js';

/** The neutral switches over the simulator's own. `controlOf` finds the simulator that serves a role. */
export function all2payControl(
  { accountId }: Surroundings,
  controlOf: (role: Role) => All2payControl,
): ProviderControl {
  const roles = new Map((Object.keys(ROLES) as Role[]).map((role) => [accountId(role), role]));

  function of({ account }: OrderName): { readonly control: All2payControl; readonly login: string } {
    const role = roles.get(account);
    if (role === undefined) throw new Error(`${account} is no account of this run`);
    return { control: controlOf(role), login: loginOf(role) };
  }

  return {
    async inject(order, faults, callback) {
      const { control, login } = of(order);
      const played = simulatorFaults({ orderNumber: order.orderId, login }, faults, callback);
      if (played.length > 0) await control.inject(...played);
    },
    async callback(order, twist) {
      const { control, login } = of(order);
      if (twist === 'foreign') {
        const { httpStatus } = await control.strayCallback({ login, orderNumber: 'nobodys-order' });
        return httpStatus === 200;
      }
      const { httpStatus } = await control.callback(order.orderId, { login, ...TWISTS[twist] });
      return httpStatus === 200;
    },
    visit: actAt,
    async card(order) {
      const { control, login } = of(order);
      const view = await control.card(order.orderId, login);
      return { stored: view?.state === 'active' ? 1 : 0, providerCardId: view?.bindingId ?? undefined };
    },
    async ledger(order) {
      const { control, login } = of(order);
      const view = await control.order(order.orderId, login);
      const { counts } = await control.requests(order.orderId, login);
      return entryOf(view, {
        money: counts.performPayout + counts.registerPayout,
        status: counts.getPayoutStatus,
      });
    },
  };
}

const TWISTS: Readonly<Record<Exclude<CallbackTwist, 'foreign'>, { status?: '0' | '1'; forged?: boolean }>> =
  {
    true: {},
    forged: { forged: true },
    says_paid: { status: '1' },
    says_declined: { status: '0' },
  };

function entryOf(view: OrderView | undefined, requests: LedgerEntry['requests']): LedgerEntry {
  if (view === undefined) return { word: 'unknown', bookings: 0, bookedMinor: 0, requests };
  const { bookings, bookedAmount, bookingRecords } = view;
  const [only] = bookings === 1 ? bookingRecords : [];
  return { word: wordOf(view), bookings, bookedMinor: bookedAmount, reference: only?.refNum, requests };
}

function wordOf({ status, rejected }: OrderView): LedgerEntry['word'] {
  if (rejected || status === '6') return 'not_paid';
  return status === '2' ? 'paid' : 'open';
}
