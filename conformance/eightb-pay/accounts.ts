import type { EightbPayVariant } from '../../simulators/index.js';
import type { EightbPaySimulatorOptions } from '../../simulators/index.js';
import { POLLS } from '../words.js';
import type { PaymentSurroundings } from '../payments/subject.js';
import { GRACE_MS, LATE_POLLS_MS, ROLES, type Role } from '../payments/words.js';

type Shops = NonNullable<EightbPaySimulatorOptions['shops']>;

export const ROLE_NAMES = Object.keys(ROLES) as readonly Role[];

/** Nobody listens on this port. */
const NOBODY = 'http://127.0.0.1:9';

/** Waits that let a whole table of scenarios pass while one watches. */
const SHORT_WAITS = {
  connectTimeoutMs: 1_500,
  responseTimeoutMs: 5_000,
  expiryGraceSecs: GRACE_MS / 1_000,
  pollSchedule: POLLS,
} as const;

/**
 * The provider knows whole minutes. These accounts tell it later times than they mean, so that at its side an order
 * that is over after seconds lives on.
 */
const LIVES_ON = { timeZone: 'Etc/GMT-14' } as const;

const CALLED_BACK: readonly Role[] = ['called_back', 'twice_payable'];

export function apiKeyOf(role: Role): string {
  return `${role.replaceAll('_', '-')}-shop`;
}

function secretOf(role: Role): string {
  return `secret-of-${role}`;
}

/** What the provider knows of each shop, a variant's answer to an open question included. */
export function shopsFor(
  { callbackUrl, accountId }: PaymentSurroundings,
  patch: EightbPayVariant['patch'] = {},
): Shops {
  const special: Partial<Record<Role, EightbPayVariant['patch']>> = {
    two_stage: { twoStage: true },
    twice_payable: { doubleCharge: 'possible' },
  };
  return Object.fromEntries(
    ROLE_NAMES.map((role) => [
      apiKeyOf(role),
      {
        secretKey: secretOf(role),
        ...(CALLED_BACK.includes(role) && { callbackUrl: callbackUrl(accountId(role)) }),
        variant: { ...special[role], ...patch },
      },
    ]),
  );
}

/** What our accounts file would say of each account, secrets resolved. */
export function settingsFor(baseUrl: string, changes: object = {}): Record<Role, object> {
  const special: Partial<Record<Role, object>> = {
    called_back: { pollSchedule: [{ delayMs: LATE_POLLS_MS, times: 1 }, ...SHORT_WAITS.pollSchedule] },
    twice_payable: { pollSchedule: [{ delayMs: LATE_POLLS_MS, times: 10 }] },
    brief: LIVES_ON,
    impatient: { ...LIVES_ON, pollSchedule: [{ delayMs: 500, times: 4 }] },
    verifying: { cardVerification: true },
    not_beginning_again: { reinit: 'never' },
    unreachable: { baseUrl: NOBODY, sendBudgetSecs: 2 },
    wrong_credentials: { secretKey: 'not-the-secret' },
  };
  return Object.fromEntries(
    ROLE_NAMES.map((role) => {
      const common = { ...SHORT_WAITS, baseUrl, apiKey: apiKeyOf(role), secretKey: secretOf(role) };
      return [role, { ...common, ...changes, ...special[role] }];
    }),
  ) as Record<Role, object>;
}
