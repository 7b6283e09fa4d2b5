/** The options of the Payneteasy simulator with every default filled in. */
import type { MerchantOptions, PayneteasySimulatorOptions, Timings } from './options.js';
import { DEFAULT_TIMINGS } from './options.js';
import type { Variant } from './variant.js';
import { PAYNETEASY_VARIANT_DEFAULTS, varied } from './variant.js';

export interface Merchant {
  readonly login: string;
  readonly merchantControl: string;
  readonly publicKey: string | undefined;
  readonly endpoints: readonly string[];
  readonly groups: readonly string[];
  readonly currencies: readonly string[] | undefined;
  readonly callbackUrl: string | undefined;
  readonly fundsMinor: Readonly<Record<string, number>> | undefined;
  readonly cardReferences: readonly string[] | undefined;
  readonly variant: Variant;
}

export interface Settings {
  readonly merchants: ReadonlyMap<string, Merchant>;
  readonly timings: Timings;
  readonly enforceCallbackPorts: boolean;
  readonly waitsFromTold: boolean;
  /** How to behave towards this merchant, or to a stranger. */
  readonly variantOf: (login: string | undefined) => Variant;
}

export function settingsOf(options: PayneteasySimulatorOptions): Settings {
  const common = varied(PAYNETEASY_VARIANT_DEFAULTS, options);
  const merchants = new Map(
    Object.entries(options.merchants).map(([login, given]) => [login, merchantOf(login, given, common)]),
  );
  return {
    merchants,
    timings: { ...DEFAULT_TIMINGS, ...options.timings },
    enforceCallbackPorts: options.enforceCallbackPorts ?? false,
    waitsFromTold: options.waitsFromTold ?? false,
    variantOf: (login) => merchants.get(login ?? '')?.variant ?? common,
  };
}

function merchantOf(login: string, given: MerchantOptions, common: Variant): Merchant {
  return {
    login,
    merchantControl: given.merchantControl,
    publicKey: given.publicKey,
    endpoints: given.endpoints ?? ['39915'],
    groups: given.groups ?? [],
    currencies: given.currencies,
    callbackUrl: given.callbackUrl,
    fundsMinor: given.fundsMinor,
    cardReferences: given.cardReferences,
    variant: varied(common, given.variant),
  };
}
