import { isCurrencyCode, MAX_MINOR } from 'payout-engine/providers';
import { z } from 'zod';

const milliseconds = z.number().int().min(1).max(600_000);
const seconds = z.number().int().min(0).max(172_800);

/** The settings of one Pocket Pay account. What the protocol leaves open is a setting, with our assumption as its default. */
const settings = z.strictObject({
  /** `https://api.pocketpay.example/v1` (§2). */
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .refine(isSafe, 'Must be https; http only for a simulator on this machine'),
  /** `Pocket-Key` (§2). */
  keyId: z.string().regex(/^[\w-]{1,40}$/),
  /** By reference. Signs requests (§3). */
  secret: z.string().min(16).max(200),
  /** The wallet's (§1). */
  currency: z.string().refine(isCurrencyCode, 'Not an ISO 4217 currency'),
  /** Minor units (§1). */
  minAmount: z.number().int().min(1).max(MAX_MINOR).default(1),
  /** Minor units (§1). */
  maxAmount: z.number().int().min(1).max(MAX_MINOR).default(MAX_MINOR),

  /** Name lookup, TCP and TLS together, in ms (§2). */
  connectTimeoutMs: milliseconds.default(5_000),
  /** For the whole call, in ms (§2). */
  timeoutMs: milliseconds.default(30_000),

  /** `hint`: a callback is confirmed by one question. `proof`: a well signed one is believed (§7). */
  callbacks: z.enum(['none', 'hint', 'proof']).default('none'),
  /** By reference. Signs callbacks (§7). */
  callbackSecret: z.string().min(16).max(200).optional(),

  /** How long "not found" proves nothing after a request, in s (§5). */
  notFoundGraceSecs: seconds.default(300),
  /** After that: send the same order again? (§5). */
  resend: z.enum(['manual', 'auto', 'never']).default('manual'),
  /** How long a request that provably did not leave is tried again, in s. */
  sendBudgetSecs: seconds.default(900),
  /** Waits between questions, in ms: some seconds at first, minutes for half an hour, quarters of an hour for a day. */
  pollSchedule: z
    .array(z.strictObject({ delayMs: z.number().int().min(1), times: z.number().int().min(1) }))
    .min(1)
    .default([
      { delayMs: 5_000, times: 6 },
      { delayMs: 60_000, times: 30 },
      { delayMs: 900_000, times: 96 },
    ]),
});

export const pocketPayConfig = settings.superRefine((config, context) => {
  const refuse = (field: string, message: string): void =>
    context.addIssue({ code: 'custom', path: [field], message });
  if (config.callbacks !== 'none' && config.callbackSecret === undefined) {
    refuse(
      'callbackSecret',
      'Is needed where callbacks are wanted: nobody else could be told from Pocket Pay',
    );
  }
  // A resend is safe only when the request before it can no longer be on its way.
  if (config.resend === 'auto' && config.notFoundGraceSecs * 1000 < config.timeoutMs) {
    refuse('notFoundGraceSecs', 'Must be at least timeoutMs where resend is auto');
  }
});

export type PocketPayConfig = z.output<typeof pocketPayConfig>;

/** Card numbers travel in the body. */
function isSafe(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  if (username || password || search || hash) return false;
  return protocol === 'https:' || hostname === '127.0.0.1' || hostname === 'localhost';
}
