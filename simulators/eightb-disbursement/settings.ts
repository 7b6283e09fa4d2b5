/** The options with every default filled in. 8b Disbursement §5.7, §5.8. */
import type { EightbDisbursementSimulatorOptions, ServiceOptions, Timings } from './options.js';
import type { Variant } from './variant.js';
import { EIGHTB_DISBURSEMENT_VARIANT_DEFAULTS, varied } from './variant.js';

export interface Service {
  readonly id: string;
  readonly secretKey: string;
  readonly currency: string;
  readonly exponent: number;
  readonly balanceMinor: number;
  readonly callbackUrl: string | undefined;
  readonly variant: Variant;
  /** May change while it runs. */
  allowedIps: readonly string[] | undefined;
}

export interface Direction {
  readonly currencies: readonly string[];
  readonly requiredFields: readonly string[];
  readonly clientPattern: RegExp;
}

export interface Settings {
  readonly services: ReadonlyMap<string, Service>;
  readonly directions: ReadonlyMap<string, Direction>;
  readonly timings: Timings;
  /** Towards a service that nobody has. */
  readonly common: Variant;
}

const SECOND_MS = 1_000;
const TIMINGS: Timings = {
  paidMs: 2 * SECOND_MS,
  notFoundMs: 30 * SECOND_MS,
  callbackDelayMs: 0,
  callbackGapsMs: [10, 30, 60, 60, 60, 60, 60, 300, 300, 300, 3_600].map((seconds) => seconds * SECOND_MS),
  callbackGiveUpMs: 48 * 3_600 * SECOND_MS,
};

const DIRECTIONS: NonNullable<EightbDisbursementSimulatorOptions['destinations']> = {
  '202': { currencies: ['EUR'], clientPattern: '^[A-Za-z0-9]{4,34}$' },
  '3': { currencies: ['EUR', 'USD'], clientPattern: '^\\d{13,19}$' },
};

export function settingsOf(options: EightbDisbursementSimulatorOptions): Settings {
  const common = varied(EIGHTB_DISBURSEMENT_VARIANT_DEFAULTS, options);
  const directions = Object.entries(options.destinations ?? DIRECTIONS).map(
    ([code, { currencies, requiredFields = [], clientPattern = '^.{1,255}$' }]): [string, Direction] => [
      code,
      { currencies, requiredFields, clientPattern: new RegExp(clientPattern, 'u') },
    ],
  );
  const services = Object.entries(options.services).map(([id, given]): [string, Service] => [
    id,
    serviceOf(id, given, options, common),
  ]);
  return {
    services: new Map(services),
    directions: new Map(directions),
    timings: { ...TIMINGS, ...options.timings },
    common,
  };
}

function serviceOf(
  id: string,
  given: ServiceOptions,
  { callbackUrl }: EightbDisbursementSimulatorOptions,
  common: Variant,
): Service {
  const { secretKey, currency = 'EUR', exponent = 2, balanceMinor = 1_000_000_000, allowedIps } = given;
  const variant = varied(common, given.variant);
  return {
    ...{ id, secretKey, currency, exponent, balanceMinor, allowedIps, variant },
    callbackUrl: given.callbackUrl ?? callbackUrl,
  };
}
