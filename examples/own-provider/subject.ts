import {
  FAULTS,
  LATE_POLLS_MS,
  ROLES,
  type CallbackTwist,
  type FaultKind,
  type LedgerEntry,
  type Outcome,
  type ProviderControl,
  type Role,
  type StartedSubject,
  type Subject,
  type Surroundings,
} from 'payout-engine/conformance';
import { pocketPay } from './index.js';
import type { Transfer } from './simulator/books.js';
import { startPocketPaySimulator, type PocketPaySimulator, type Wallet } from './simulator/server.js';

const SECRET = 'conformance-secret';
const CALLBACK_SECRET = 'conformance-callback-secret';

/** What each role's account says otherwise than the others. A role that is not here is one that Pocket Pay has not. */
const ACCOUNTS: Partial<Readonly<Record<Role, object>>> = {
  polled: {},
  called_back: {
    callbacks: 'hint',
    callbackSecret: CALLBACK_SECRET,
    pollSchedule: [
      { delayMs: LATE_POLLS_MS, times: 1 },
      { delayMs: 700, times: 200 },
    ],
  },
  resending: { resend: 'auto' },
  never_resending: { resend: 'never' },
  impatient: { pollSchedule: [{ delayMs: 150, times: 2 }] },
  // Nobody listens on this port.
  unreachable: { baseUrl: 'http://127.0.0.1:9/v1', sendBudgetSecs: 2 },
  stopped: { baseUrl: 'http://127.0.0.1:9/v1', sendBudgetSecs: 600 },
  wrong_credentials: { keyId: 'nobodys-key' },
  shut_out: {},
  signing: {},
  wrongly_signing: { secret: 'not-the-wallets-secret' },
};

const keyOf = (role: Role): string => role.replaceAll('_', '-');

/** As an accounts file would give it, secrets resolved. */
function settingsOf(role: Role, baseUrl: string): object {
  const shortWaits = {
    connectTimeoutMs: 2_500,
    // As long as the grace lets it: on a busy machine an answer that comes too late is another row's fault.
    timeoutMs: 5_000,
    notFoundGraceSecs: 5,
    pollSchedule: [{ delayMs: 700, times: 200 }],
  };
  return { baseUrl, keyId: keyOf(role), secret: SECRET, currency: 'EUR', ...shortWaits, ...ACCOUNTS[role] };
}

/** The simulator's triggers (Pocket Pay §8). */
const CENTS: Partial<Readonly<Record<Outcome, number>>> = {
  paid: 0,
  declined: 1,
  no_funds: 2,
  paid_later: 3,
};

async function start({ callbackUrl, accountId }: Surroundings): Promise<StartedSubject> {
  const roles = (Object.keys(ROLES) as Role[]).filter((role) => ACCOUNTS[role] !== undefined);
  const walletOf = (role: Role): Wallet => ({
    secret: SECRET,
    currency: 'EUR',
    ...(role === 'called_back' && {
      callback: { url: callbackUrl(accountId(role)), secret: CALLBACK_SECRET },
    }),
  });
  const simulator = await startPocketPaySimulator({
    wallets: Object.fromEntries(roles.map((role) => [keyOf(role), walletOf(role)])),
    pendingMs: 3_500,
    repeatMs: 500,
  });
  const all = Object.keys(FAULTS) as FaultKind[];
  return {
    accounts: Object.fromEntries(roles.map((role) => [role, settingsOf(role, simulator.baseUrl)])),
    faults: {
      // Said by GET alone, or by POST alone.
      money: all.filter((kind) => kind !== 'still_pending' && kind !== 'not_found'),
      status: all.filter((kind) => kind !== 'card_refused'),
      store: [],
    },
    callbackFaults: ['lost', 'early', 'doubled', 'forged', 'contradicting', 'out_of_order'],
    request(flow, outcome) {
      const cents = CENTS[outcome];
      if (flow !== 'card' || cents === undefined) return undefined;
      return {
        amount: { minor: 150_000 + cents, currency: 'EUR' },
        destination: { type: 'card', number: '2200000000000004' },
        recipient: { firstName: 'Anna', lastName: 'Petrova' },
      };
    },
    card: () => undefined,
    control: controlOf(simulator),
    stop: () => simulator.close(),
  };
}

function controlOf({ books, faults, callbacks }: PocketPaySimulator): ProviderControl {
  const known = (id: string): Transfer => {
    const transfer = books.find(id);
    if (!transfer) throw new Error(`The simulator knows no transfer ${id}`);
    return transfer;
  };
  const says: Readonly<Record<CallbackTwist, Partial<Transfer>>> = {
    true: {},
    forged: {},
    says_paid: { state: 'paid', reference: 'PP0' },
    says_declined: { state: 'refused' },
    foreign: { id: 'nobodys-order' },
  };
  return {
    async inject({ orderId }, given, callback) {
      for (const { on, kind, times = 1 } of given) if (on !== 'store') faults.add(on, orderId, kind, times);
      if (callback) faults.addCallback(orderId, callback);
    },
    callback: ({ orderId }, twist) =>
      callbacks.send({ ...known(orderId), ...says[twist] }, { forged: twist === 'forged' }),
    async ledger({ orderId }): Promise<LedgerEntry> {
      const booked = books.bookings(orderId);
      const state = books.find(orderId)?.state;
      return {
        word: state === undefined ? 'unknown' : WORDS[state],
        bookings: booked.length,
        bookedMinor: booked.reduce((sum, { amount }) => sum + amount, 0),
        reference: booked.length === 1 ? booked[0]?.reference : undefined,
        requests: books.arrived(orderId),
      };
    },
    card: async () => ({ stored: 0 }),
    visit: async () => {
      throw new Error('Pocket Pay shows nobody a page');
    },
  };
}

const WORDS = { pending: 'open', paid: 'paid', refused: 'not_paid' } as const;

/** Pocket Pay, held to the suite against its simulator. */
export const pocketPaySubject: Subject = { registration: pocketPay, variants: [], start };
