import { generateKeyPairSync } from 'node:crypto';
import type { LoginOptions } from '../../simulators/index.js';
import type { Surroundings } from '../subject.js';
import { LATE_POLLS_MS, POLLS, ROLES, type Role } from '../words.js';

/** Where the simulators of one run listen: one with our clock, one minutes and one an hour ahead of it. */
export interface BaseUrls {
  readonly inTime: string;
  readonly ahead: string;
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

const PASSWORD = 'conformance-password';
const CALLBACK_SECRET = 'conformance-callback-secret';

/** Nobody listens on this port. */
const NOBODY = 'http://127.0.0.1:9/payouts/api/v2';

/** Waits that let a whole table of scenarios pass while one watches. */
const SHORT_WAITS = {
  connectTimeoutMs: 1_500,
  responseTimeoutMs: 3_500,
  sessionTimeoutSecs: 60,
  notFoundGraceSecs: 5,
  pollSchedule: POLLS,
} as const;

/** It registers and executes by one request, and documents no way to ask for a callback again. */
const LACKING: readonly Role[] = ['asking_for_callbacks', 'two_step', 'two_step_resending'];

const ROLE_NAMES = (Object.keys(ROLES) as readonly Role[]).filter((role) => !LACKING.includes(role));

export function loginOf(role: Role): string {
  return `${role.replaceAll('_', '-')}-api`;
}

export function makeSigningKeys(): SigningKeys {
  return { merchants: keyPair(), strangers: keyPair() };
}

/** What the provider knows of each login. */
export function loginsFor(
  { callbackUrl, returnUrl, accountId }: Surroundings,
  keys: SigningKeys,
): Record<string, LoginOptions> {
  const signing = { publicKey: keys.merchants.publicKey };
  const variant = { cards: 'seTokenOnly' } as const;
  const special: Partial<Record<Role, Partial<LoginOptions>>> = {
    called_back: { callback: { url: callbackUrl(accountId('called_back')), secret: CALLBACK_SECRET } },
    encrypting: { variant },
    signing: { signing },
    wrongly_signing: { signing },
    clock_off: { signing, variant },
    clock_far_off: { signing, variant },
  };
  return Object.fromEntries(
    ROLE_NAMES.map((role) => {
      const back = returnUrl(accountId(role), '{orderNumber}');
      return [loginOf(role), { password: PASSWORD, returnUrl: back, ...special[role] }];
    }),
  );
}

/** What our accounts file would say of each account, secrets resolved. */
export function settingsFor({ inTime, ahead, farAhead }: BaseUrls, keys: SigningKeys): Record<Role, object> {
  const signs = { signing: { pkcs8Pem: keys.merchants.privateKey } };
  const encrypts = { cardEncryption: 'seToken' };
  const special: Partial<Record<Role, object>> = {
    called_back: {
      callbacksEnabled: true,
      callbackSecret: CALLBACK_SECRET,
      pollSchedule: [{ delayMs: LATE_POLLS_MS, times: 1 }, ...SHORT_WAITS.pollSchedule],
    },
    resending: { reexecuteAfterNotFound: 'auto' },
    never_resending: { reexecuteAfterNotFound: 'never' },
    impatient: { pollSchedule: [{ delayMs: 150, times: 2 }] },
    unreachable: { baseUrl: NOBODY, sendBudgetSecs: 2 },
    stopped: { baseUrl: NOBODY, sendBudgetSecs: 600 },
    wrong_credentials: { password: 'not-the-password' },
    shut_out: { authFailurePauseSecs: 1 },
    encrypting: encrypts,
    signing: signs,
    wrongly_signing: { signing: { pkcs8Pem: keys.strangers.privateKey } },
    clock_off: { baseUrl: ahead, ...encrypts, ...signs },
    clock_far_off: { baseUrl: farAhead, ...encrypts, ...signs },
  };
  return Object.fromEntries(
    ROLE_NAMES.map((role) => {
      const common = { ...SHORT_WAITS, baseUrl: inTime, userName: loginOf(role), password: PASSWORD };
      return [role, { ...common, ...special[role] }];
    }),
  ) as Record<Role, object>;
}

function keyPair(): KeyPair {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}
