import type { EightbDisbursementControl, EightbDisbursementOperationView } from '../../simulators/index.js';
import type { LedgerEntry, OrderName, ProviderControl, Surroundings } from '../subject.js';
import type { CallbackTwist, OddCallback } from '../words.js';
import { PLAYED_ROLES, serviceOf, type PlayedRole } from './accounts.js';
import { simulatorFaults } from './faults.js';

/** The simulator's own words for what a callback says beside the truth. */
const TWISTS: Readonly<
  Record<Exclude<CallbackTwist, 'foreign'>, { readonly result?: '0' | '1'; readonly forged?: boolean }>
> = {
  true: {},
  forged: { forged: true },
  says_paid: { result: '1' },
  says_declined: { result: '0' },
};

/** The account in whose name the callbacks of another account come. */
const ANOTHER: PlayedRole = 'asking_for_callbacks';

/** The neutral switches over the simulator's own. */
export function eightbControl(
  { accountId, callbackUrl }: Surroundings,
  control: EightbDisbursementControl,
): ProviderControl {
  const services = new Map(PLAYED_ROLES.map((role) => [accountId(role), serviceOf(role)]));

  function targetOf({ account, orderId }: OrderName): { readonly id: string; readonly service: string } {
    const service = services.get(account);
    if (service === undefined) throw new Error(`${account} is no account of this run`);
    return { id: orderId, service };
  }

  return {
    async inject(order, faults, callback) {
      await control.inject(...simulatorFaults(targetOf(order), faults, callback));
    },
    async callback(order, twist) {
      const { id, service } = targetOf(order);
      const sent =
        twist === 'foreign'
          ? await control.strayCallback({ service, id: 'NOBODYSORDER' })
          : await control.callback(id, { service, ...TWISTS[twist] });
      return sent.httpStatus === 200;
    },
    async oddCallback(order, odd) {
      const { id, service } = targetOf(order);
      const operation = await control.operation(id, service);
      if (!operation) throw new Error('the provider knows no such order yet');
      const { httpStatus } = await sendOdd(odd, operation, callbackUrl(order.account));
      return httpStatus === 200;
    },
    visit: () => Promise.reject(new Error('8b Disbursement asks nobody to act')),
    card: () => Promise.reject(new Error('8b Disbursement stores no cards')),
    async ledger(order) {
      const { id, service } = targetOf(order);
      // Whatever service they named: order ids are unique in a run.
      const { counts } = await control.requests(id);
      return entryOf(await control.operation(id, service), { money: counts.payout, status: counts.check });
    },
  };

  function sendOdd(
    odd: OddCallback,
    { service, id, amount, destination }: EightbDisbursementOperationView,
    ownDoor: string,
  ): ReturnType<EightbDisbursementControl['callback']> {
    const byAnother = { service: serviceOf(ANOTHER), id, amount, destination, result: '0' } as const;
    switch (odd) {
      case 'other_amount':
        return control.callback(id, { service, result: '1', set: { amount: '1.00' } });
      case 'signed_by_another':
        return control.strayCallback({ ...byAnother, url: ownDoor });
      case 'at_anothers_door':
        return control.strayCallback(byAnother);
    }
  }
}

function entryOf(
  operation: EightbDisbursementOperationView | undefined,
  requests: LedgerEntry['requests'],
): LedgerEntry {
  if (operation === undefined) return { word: 'unknown', bookings: 0, bookedMinor: 0, requests };
  const { status, bookings, bookedMinor } = operation;
  return { word: WORDS[status], bookings, bookedMinor, requests };
}

const WORDS: Readonly<Record<EightbDisbursementOperationView['status'], LedgerEntry['word']>> = {
  PAID: 'paid',
  NOT_PAID: 'not_paid',
  PROCESSING: 'open',
};
