import type { EightbDisbursementService } from '../../simulators/index.js';
import type { Surroundings } from '../subject.js';
import { LATE_POLLS_MS, POLLS, type Role } from '../words.js';
import { OUR_DIRECTIONS } from './directions.js';

/** The rest the protocol has not: every request is hashed in one way, no card is encrypted, no clock is compared. */
export const PLAYED_ROLES = [
  'polled',
  'called_back',
  'asking_for_callbacks',
  'resending',
  'never_resending',
  'impatient',
  'unreachable',
  'stopped',
  'wrong_credentials',
  'shut_out',
] as const satisfies readonly Role[];
export type PlayedRole = (typeof PLAYED_ROLES)[number];

/** Settings of one account, as an accounts file would give them. */
export type AccountSettings = Readonly<Record<string, unknown>>;

/** Nobody listens on this port. */
const NOBODY = 'http://127.0.0.1:9';

/** A schedule of polls that ends soon: for what the provider never ends. */
export const ENDS_SOON = { pollSchedule: [{ delayMs: 500, times: 10 }] };

/** When an account that asks for overdue callbacks polls for the last time while a scenario lasts. */
const LAST_POLL_MS = 1_000;

/** Waits that let a whole table of scenarios pass while one watches. */
const SHORT_WAITS = {
  connectTimeoutMs: 1_500,
  timeoutMs: 5_000,
  notFoundGraceSecs: 5,
  // A single refusal must not hold up the other scenarios on the same account.
  authFailurePauseSecs: 1,
  pollSchedule: POLLS,
} as const;

const CALLED_BACK: readonly PlayedRole[] = ['called_back', 'asking_for_callbacks'];

const SPECIAL: Partial<Readonly<Record<PlayedRole, AccountSettings>>> = {
  called_back: { pollSchedule: [{ delayMs: LATE_POLLS_MS, times: 1 }, ...SHORT_WAITS.pollSchedule] },
  asking_for_callbacks: {
    notifyEverySecs: 1,
    pollSchedule: [
      { delayMs: LAST_POLL_MS, times: 1 },
      { delayMs: 600_000, times: 1 },
    ],
  },
  resending: { resendSameId: 'auto' },
  never_resending: { resendSameId: 'never' },
  impatient: { pollSchedule: [{ delayMs: 150, times: 2 }] },
  unreachable: { baseUrl: NOBODY, sendBudgetSecs: 2 },
  stopped: { baseUrl: NOBODY, sendBudgetSecs: 600 },
  wrong_credentials: { secretKey: 'not-the-key', ...ENDS_SOON },
};

/** One `Service_ID` for each account (8b Disbursement §3). */
export function serviceOf(role: PlayedRole): string {
  return String(1_001 + PLAYED_ROLES.indexOf(role));
}

/** What the provider knows of each account. */
export function servicesFor({
  callbackUrl,
  accountId,
}: Surroundings): Record<string, EightbDisbursementService> {
  return Object.fromEntries(
    PLAYED_ROLES.map((role) => {
      const called = CALLED_BACK.includes(role) && { callbackUrl: callbackUrl(accountId(role)) };
      return [serviceOf(role), { secretKey: keyOf(role), ...called }];
    }),
  );
}

/** What our accounts file would say of each account, secrets resolved. */
export function settingsFor(baseUrl: string): Record<PlayedRole, AccountSettings> {
  return Object.fromEntries(
    PLAYED_ROLES.map((role): [PlayedRole, AccountSettings] => {
      const own = { baseUrl, serviceId: serviceOf(role), secretKey: keyOf(role), currency: 'EUR' };
      const callbacksEnabled = CALLED_BACK.includes(role);
      const common = { ...SHORT_WAITS, ...own, callbacksEnabled, destinations: OUR_DIRECTIONS };
      return [role, { ...common, ...SPECIAL[role] }];
    }),
  ) as Record<PlayedRole, AccountSettings>;
}

/** Each account has a key of its own: what one signs is nothing to another. */
function keyOf(role: PlayedRole): string {
  return `conformance-key-of-${role}`;
}
