import { z } from 'zod';
import { CURRENCIES, isCurrencyCode, type CurrencyCode } from '../../domain/currencies.js';
import { isRegExp, isSafeBase } from '../config-checks.js';
import { isTimeZone } from './local-time.js';
import { TRANSACTION_STATUSES } from './status-map.js';

const seconds = z.number().int().min(0).max(172_800);
const milliseconds = z.number().int().min(1).max(600_000);
const path = z
  .string()
  .max(200)
  .regex(/^(\/[\w.-]+)+$/, 'Must be a path such as /pay/refund');

/** A text to the published schema of the accounts file, a currency to us. */
const currency = z
  .string()
  .refine(isCurrencyCode, { error: 'Not ISO 4217', abort: true }) as unknown as z.ZodType<
  CurrencyCode,
  string
>;

/** Ten digits, two of them decimals (8b.world /pay §4.1 `10.2`). */
const MAX_MINOR = 9_999_999_999;

/**
 * The settings of one shop at 8b.world `/pay`. What 8b.world's document does not state is a setting here, with the document's
 * assumption as its default (8b.world /pay §0).
 */
export const eightbPayConfig = z.strictObject({
  /** TEST `https://secure-test.8b.world`, PROD `https://secure.8b.world` (§2). */
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(200)
    .refine(
      isSafeBase,
      'Must be https, without user name and query; http only for a simulator on this host or network',
    ),
  /** The shop's key: public, and in every request (§3). */
  apiKey: z.string().min(1).max(255),
  /** By reference. The shop's password; the key of every signature (§3). */
  secretKey: z.string().min(1).max(255),
  /** 8b.world's document says MD5; a sibling brand says SHA-256 of the same endpoints (§3.1, §11.6). */
  signAlgorithm: z.enum(['md5', 'sha256']).default('md5'),

  /** Below `baseUrl`; those of a sibling brand where 8b.world publishes none (§4, §11.1). */
  paths: z
    .strictObject({
      pay: path.default('/pay'),
      status: path.default('/pay/get_orders_data'),
      report: path.default('/pay/get_report'),
      recurrent: path.default('/pay/recurrent'),
      refund: path.default('/pay/refund'),
      void: path.default('/pay/void'),
      complete: path.default('/pay/complete'),
    })
    .prefault({}),
  /** Name lookup, TCP and TLS together, in ms. */
  connectTimeoutMs: milliseconds.default(5_000),
  /** How long the answer may take once connected, in ms: 30 s with the connection (§8). */
  responseTimeoutMs: milliseconds.default(25_000),

  /** What may be asked for (§4.1; further ones are an open question, §11.7). */
  currencies: z
    .array(currency)
    .min(1)
    .refine(
      (codes) => codes.every((code) => CURRENCIES[code].exponent <= 2),
      'The provider takes at most two decimals',
    )
    .default(['EUR', 'USD', 'UZS']),
  /** Minor units. */
  minAmount: z.number().int().min(1).max(MAX_MINOR).default(1),
  /** Minor units (§4.1: ten digits). */
  maxAmount: z.number().int().min(1).max(MAX_MINOR).default(MAX_MINOR),
  /** A regular expression; the engine's own order ids are narrower than the provider's 255 characters (§4.1). */
  referencePattern: z
    .string()
    .min(1)
    .max(200)
    .refine(isRegExp, 'Not a regular expression')
    .default('^[A-Za-z0-9_-]{1,64}$'),
  /** The zone of `expiration` and of report times, an IANA name (§4.1, §11.5). */
  timeZone: z
    .string()
    .max(64)
    .refine(isTimeZone, 'Not a time zone such as UTC or Europe/Kyiv')
    .default('UTC'),
  /** Sent as `params.extra_params.merchant_site` (§4.1). */
  merchantSite: z.string().min(1).max(255).optional(),
  /** Send the payer's address as `ip`, where it is known (§4.1, newer page version). */
  sendPayerIp: z.boolean().default(true),
  /**
   * May a card be verified with `verification_flag` (§4.1)? It depends on the acquirer; one that does not know the flag
   * would charge the card, so it is off until the provider confirms it.
   */
  cardVerification: z.boolean().default(false),
  /** May a payer be charged by a token (§4.4)? */
  recurrent: z.boolean().default(true),
  /** What may be done after a payment; `void` and `complete` make sense in a two-stage shop alone (§4.4). */
  operations: z.array(z.enum(['refund', 'void', 'complete'])).default(['refund', 'void', 'complete']),
  /** Must the answer to an initialization echo our key (§4.1 `shop_api_key`)? A wrong echo is never accepted. */
  requireEchoedKey: z.boolean().default(true),
  /** What a second initialization of the same order may do (§8). */
  reinit: z.enum(['same-reference', 'never']).default('same-reference'),
  /** Changes to the meaning of `status`, over the table in status-map.ts (§6, §11.1). */
  statusMap: z.record(z.string().regex(/^\d{1,3}$/), z.enum(TRANSACTION_STATUSES)).default({}),

  /** How long a request that provably did not leave is tried again, in s. */
  sendBudgetSecs: seconds.default(900),
  /** How long after an order's expiry its outcome may still come, in s (§6: 15 minutes). */
  expiryGraceSecs: seconds.default(900),
  /** Waits between status queries, in ms (§8): 5 s for 5 min, 60 s to 1 h, then 10 min until the order is over. */
  pollSchedule: z
    .array(z.strictObject({ delayMs: z.number().int().min(1), times: z.number().int().min(1) }))
    .min(1)
    .default([
      { delayMs: 5_000, times: 60 },
      { delayMs: 60_000, times: 55 },
      { delayMs: 600_000, times: 144 },
    ]),

  /** What a callback is acknowledged with (§5). */
  acknowledgement: z
    .strictObject({
      status: z.number().int().min(200).max(299).default(200),
      contentType: z.string().max(100).default('text/plain'),
      body: z.string().max(100).default('OK'),
    })
    .prefault({}),

  /** The longest time that one report may cover, in s (§9: daily). */
  reportSpanSecs: seconds.min(60).default(86_400),
  /** More pages than this are not read; ask for a shorter time. A page has at most 1000 elements (§4.3). */
  maxPages: z.number().int().min(1).max(1_000).default(50),
  /** Is a report believed that is not signed? Examples of a sibling brand show it so (§4.3). */
  plainReport: z.boolean().default(true),
});

export type EightbPayConfig = z.output<typeof eightbPayConfig>;
export type Endpoint = keyof EightbPayConfig['paths'];
