import { generateKeyPairSync } from 'node:crypto';
import type { PayneteasyMerchantOptions } from '../../simulators/index.js';
import { LATE_POLLS_MS, POLLS, ROLES, type Role } from '../words.js';

/** Where the simulators of one run listen. */
export interface BaseUrls {
  readonly inTime: string;
  /** Its clock is minutes ahead of ours. */
  readonly ahead: string;
  /** An hour. */
  readonly farAhead: string;
}

interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** For request signatures: the merchant's, whose public half the provider has, and a stranger's. */
export interface SigningKeys {
  readonly merchants: KeyPair;
  readonly strangers: KeyPair;
}

const ENDPOINT = '39915';
const CONTROL_KEY = '0A1B2C3D-1111-4222-8333-444455556666';

/** Nobody listens on this port. */
const NOBODY = 'http://127.0.0.1:9/paynet';

/** Waits that let a whole table of scenarios pass while one watches. */
const SHORT_WAITS = {
  connectTimeoutMs: 1_500,
  timeoutMs: 5_000,
  notFoundGraceSecs: 5,
  pollSchedule: POLLS,
} as const;

/** It encrypts nothing, "never" is no answer to `resendSameId`, and no callback can be asked for. */
const LACKING: readonly Role[] = ['encrypting', 'never_resending', 'asking_for_callbacks'];

export const PAYNETEASY_ROLES = (Object.keys(ROLES) as readonly Role[]).filter(
  (role) => !LACKING.includes(role),
);

export function loginOf(role: Role): string {
  return `${role.replaceAll('_', '-')}-api`;
}

export function makeSigningKeys(): SigningKeys {
  return { merchants: keyPair(), strangers: keyPair() };
}

/** What the provider knows of each login; of one with wrong credentials, nothing. */
export function merchantsFor({ merchants }: SigningKeys): Record<string, PayneteasyMerchantOptions> {
  const known = PAYNETEASY_ROLES.filter((role) => role !== 'wrong_credentials');
  const merchant: PayneteasyMerchantOptions = {
    merchantControl: CONTROL_KEY,
    publicKey: merchants.publicKey,
    endpoints: [ENDPOINT],
    // Whatever is paid in euros lacks funds.
    fundsMinor: { USD: 10 ** 12, EUR: 0 },
  };
  return Object.fromEntries(known.map((role) => [loginOf(role), merchant]));
}

/** What our accounts file would say of each account, secrets resolved. */
export function settingsFor(
  { inTime, ahead, farAhead }: BaseUrls,
  { merchants, strangers }: SigningKeys,
): Partial<Record<Role, object>> {
  const special: Partial<Record<Role, object>> = {
    called_back: {
      callbackField: 'server_callback_url',
      // The gateway of a run listens wherever there is a free port.
      callbackPorts: 'any',
      pollSchedule: [{ delayMs: LATE_POLLS_MS, times: 1 }, ...SHORT_WAITS.pollSchedule],
    },
    resending: { resendSameId: true },
    impatient: { pollSchedule: [{ delayMs: 150, times: 2 }] },
    unreachable: { baseUrl: NOBODY, sendBudgetSecs: 2 },
    stopped: { baseUrl: NOBODY, sendBudgetSecs: 600 },
    shut_out: { authFailurePauseSecs: 1 },
    wrongly_signing: { signing: { pkcs8Pem: strangers.privateKey } },
    clock_off: { baseUrl: ahead },
    clock_far_off: { baseUrl: farAhead },
    two_step: { flow: 'two_step', pollSchedule: [{ delayMs: 500, times: 40 }] },
    two_step_resending: { flow: 'two_step', resendSameId: true },
  };
  return Object.fromEntries(
    PAYNETEASY_ROLES.map((role) => {
      const common = {
        ...SHORT_WAITS,
        baseUrl: inTime,
        login: loginOf(role),
        merchantControl: CONTROL_KEY,
        endpointId: ENDPOINT,
        signing: { pkcs8Pem: merchants.privateKey },
        currencies: ['USD', 'EUR'],
        callbackField: 'none',
      };
      return [role, { ...common, ...special[role] }];
    }),
  );
}

function keyPair(): KeyPair {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}
