/** The options of the All2pay simulator with every default filled in. All2pay payouts document §13 and §15. */
import type { All2paySimulatorOptions, CallbackOptions, ReturnParam, Timings } from './options.js';

export interface Login {
  readonly password: string;
  readonly callback: CallbackSettings | undefined;
  readonly transitBalanceMinor: number | undefined;
}

export interface CallbackSettings {
  readonly url: string;
  readonly secret: string | undefined;
  readonly repeatMs: number;
  readonly maxTries: number;
  readonly method: 'GET' | 'POST';
  readonly extras: readonly ('amount' | 'callbackCreationDate')[];
}

export interface Settings {
  readonly logins: ReadonlyMap<string, Login>;
  readonly merchants: ReadonlySet<string> | undefined;
  readonly timings: Timings;
  readonly returnParams: readonly ReturnParam[];
  readonly duplicateOrder: 'reject400' | 'replayStored' | 'executeAgain';
  readonly panPath: 'target.pan' | 'target.card.pan';
  readonly foreignPrefixes: readonly string[];
  readonly requireClientName: boolean;
  readonly feeMinor: number;
}

const TIMINGS: Timings = {
  hangMs: 30_000,
  notFoundMs: 60_000,
  pendingMs: 30_000,
  sbpPendingMs: 0,
  sessionSecondMs: 1_000,
  callbackDelayMs: 0,
};

export function settingsOf(options: All2paySimulatorOptions): Settings {
  return {
    logins: loginsOf(options),
    merchants: options.merchants && new Set(options.merchants),
    timings: { ...TIMINGS, ...options.timings },
    returnParams: options.returnParams ?? ['orderId', 'lang'],
    duplicateOrder: options.duplicateOrder ?? 'reject400',
    panPath: options.panPath ?? 'target.pan',
    foreignPrefixes: options.foreignPrefixes ?? ['400000', '555555'],
    requireClientName: options.requireClientName ?? false,
    feeMinor: options.feeMinor ?? 0,
  };
}

function loginsOf(options: All2paySimulatorOptions): Map<string, Login> {
  const { userName, password, callbacks = {}, transitBalanceMinor } = options;
  const given = { ...options.logins };
  if (userName !== undefined && password !== undefined) given[userName] ??= { password };
  if (Object.keys(given).length === 0)
    throw new Error('The All2pay simulator needs userName and password, or logins.');
  return new Map(
    Object.entries(given).map(([name, login]) => {
      const { url, secret } = login.callback ?? callbacks;
      const callback = url === undefined ? undefined : callbackSettings({ ...callbacks, url, secret });
      return [
        name,
        {
          password: login.password,
          callback,
          transitBalanceMinor: login.transitBalanceMinor ?? transitBalanceMinor,
        },
      ];
    }),
  );
}

function callbackSettings(given: CallbackOptions): CallbackSettings {
  return {
    url: given.url,
    secret: given.secret,
    repeatMs: given.repeatMs ?? 30_000,
    maxTries: given.maxTries ?? 3,
    method: given.method ?? 'GET',
    extras: given.extras ?? ['amount', 'callbackCreationDate'],
  };
}
