/** The options of the All2pay simulator with every default filled in. All2pay payouts document §13 and §15. */
import type { KeyObject } from 'node:crypto';

import type { Checksum } from './callback-checksum.js';
import { checksumOf } from './callback-checksum.js';
import type {
  All2paySimulatorOptions,
  CallbackExtra,
  CallbackOptions,
  LoginOptions,
  Timings,
} from './options.js';
import type { Signing } from './signature.js';
import { signingOf } from './signature.js';
import type { Variant } from './variant.js';
import { VARIANT_DEFAULTS, varied } from './variant.js';

export interface Login {
  readonly password: string;
  readonly callback: CallbackSettings | undefined;
  readonly transitBalanceMinor: number | undefined;
  readonly merchants: ReadonlySet<string> | undefined;
  readonly signing: Signing | undefined;
  readonly returnUrl: string | undefined;
  readonly variant: Variant;
}

export interface CallbackSettings {
  readonly url: string;
  readonly checksum: Checksum;
  readonly repeatMs: number;
  readonly maxTries: number;
  readonly method: 'GET' | 'POST';
  readonly extras: readonly CallbackExtra[];
}

export interface Settings {
  readonly logins: ReadonlyMap<string, Login>;
  readonly timings: Timings;
  /** How to behave towards this login, or to a stranger. */
  readonly variantOf: (login: string | undefined) => Variant;
}

const TIMINGS: Timings = {
  hangMs: 30_000,
  notFoundMs: 60_000,
  pendingMs: 30_000,
  sbpPendingMs: 0,
  sessionSecondMs: 1_000,
  threeDsMs: 1_200_000,
  callbackDelayMs: 0,
};

/** @param callbackKey the simulator's own, for asymmetric checksums without one */
export function settingsOf(options: All2paySimulatorOptions, callbackKey: () => KeyObject): Settings {
  const common = varied(VARIANT_DEFAULTS, options);
  const given: Record<string, LoginOptions> = { ...options.logins };
  const { userName, password } = options;
  if (userName !== undefined && password !== undefined) given[userName] ??= { password };
  if (Object.keys(given).length === 0)
    throw new Error('The All2pay simulator needs userName and password, or logins.');
  const logins = new Map(
    Object.entries(given).map(([name, login]) => [name, loginOf(login, options, common, callbackKey)]),
  );
  return {
    logins,
    timings: { ...TIMINGS, ...options.timings },
    variantOf: (login) => logins.get(login ?? '')?.variant ?? common,
  };
}

function loginOf(
  given: LoginOptions,
  options: All2paySimulatorOptions,
  common: Variant,
  callbackKey: () => KeyObject,
): Login {
  const variant = varied(common, given.variant);
  const merchants = given.merchants ?? options.merchants;
  const signing = given.signing ?? options.signing;
  const target = given.callback ?? options.callbacks;
  const callback = { ...options.callbacks, ...CHECKSUM_FREE, ...target };
  return {
    password: given.password,
    callback:
      callback.url === undefined || variant.callbacksEnabled === 'off'
        ? undefined
        : callbackSettings({ ...callback, url: callback.url }, callbackKey),
    transitBalanceMinor: given.transitBalanceMinor ?? options.transitBalanceMinor,
    merchants: merchants && new Set(merchants),
    signing: signing && signingOf(signing),
    returnUrl: given.returnUrl ?? options.returnUrl,
    variant,
  };
}

/** A login's own address never inherits the secrets of the common one. */
const CHECKSUM_FREE = { secret: undefined, privateKey: undefined, checksum: undefined, digest: undefined };

export function callbackSettings(given: CallbackOptions, callbackKey: () => KeyObject): CallbackSettings {
  return {
    url: given.url,
    checksum: checksumOf(given, callbackKey),
    repeatMs: given.repeatMs ?? 30_000,
    maxTries: given.maxTries ?? 3,
    method: given.method ?? 'GET',
    extras: given.extras ?? ['amount', 'callbackCreationDate'],
  };
}
