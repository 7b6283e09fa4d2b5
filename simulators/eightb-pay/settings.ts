/** The options with every default filled in. */
import type { EightbPaySimulatorOptions, ShopOptions, Timings } from './options.js';
import { EIGHTB_PAY_DEFAULTS, varied, type Variant } from './variant.js';

export interface Shop {
  readonly apiKey: string;
  readonly secretKey: string;
  readonly callbackUrl: string | undefined;
  readonly variant: Variant;
}

export interface Settings {
  readonly shops: ReadonlyMap<string, Shop>;
  readonly timings: Timings;
  /** Of a shop that exists. */
  shop(apiKey: string): Shop;
  /** How to behave towards this shop, or to a stranger. */
  variantOf(apiKey: string | undefined): Variant;
}

const TIMINGS: Timings = { secondMs: 1_000, uncertainSecs: 20, verificationSecs: 2, callbackDelayMs: 0 };

export function settingsOf(options: EightbPaySimulatorOptions): Settings {
  const common = varied(EIGHTB_PAY_DEFAULTS, options);
  const given: Record<string, ShopOptions> = { ...options.shops };
  const { apiKey, secretKey, callbackUrl } = options;
  if (apiKey !== undefined && secretKey !== undefined) given[apiKey] ??= { secretKey, callbackUrl };
  if (Object.keys(given).length === 0)
    throw new Error('The 8b.world /pay simulator needs apiKey and secretKey, or shops.');
  const shops = new Map(
    Object.entries(given).map(([key, shop]): [string, Shop] => {
      const variant = varied(common, shop.variant);
      const address = shop.callbackUrl ?? callbackUrl;
      return [
        key,
        {
          ...{ apiKey: key, secretKey: shop.secretKey, variant },
          callbackUrl: variant.callbacks === 'off' ? undefined : address,
        },
      ];
    }),
  );
  return {
    shops,
    timings: { ...TIMINGS, ...options.timings },
    shop: (key) => {
      const shop = shops.get(key);
      if (!shop) throw new Error(`No shop ${key}.`);
      return shop;
    },
    variantOf: (key) => shops.get(key ?? '')?.variant ?? common,
  };
}
