import { z } from 'zod';
import { MAX_MINOR } from '../../domain/money.js';

/** Two days: more than any wait that makes sense here. */
const seconds = z.number().int().min(0).max(172_800);
const milliseconds = z.number().int().min(1).max(600_000);

/**
 * The settings of one All2pay account. What the provider's document does not state is a setting here, with the
 * document's assumption as its default (All2pay payouts document §15).
 */
const settings = z.strictObject({
  /** TEST `https://api.uat.all2pay.net/payouts/api/v2`, PROD `https://api.all2pay.net/payouts/api/v2` (§2). */
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(200)
    .refine(
      isSafeBase,
      'Must be https, without user name and query; http only for a simulator on this host or network',
    ),
  /** By convention ends in `-api` (§2). */
  userName: z.string().min(1).max(30),
  /** By reference. Travels in every request's body (§2). */
  password: z.string().min(1).max(30),
  /** The child merchant, in a parent-child scheme only (§5). */
  merchantLogin: z.string().min(1).max(64).optional(),

  /** Name lookup, TCP and TLS together, in ms (§2). */
  connectTimeoutMs: milliseconds.default(5_000),
  /** How long the answer may take once connected, in ms (§2). */
  responseTimeoutMs: milliseconds.default(60_000),
  /** Read JSON whatever the Content-Type says (§2). */
  lenientContentType: z.boolean().default(true),

  /** ISO 4217 numeric codes that may be sent (§14 I1). */
  currencies: z
    .array(z.string().regex(/^\d{3}$/))
    .min(1)
    .default(['643']),
  /** Minor units (§3). */
  minAmount: z.number().int().min(1).max(MAX_MINOR).default(1),
  /** Minor units; the merchant's own limit at the provider (§3). */
  maxAmount: z.number().int().min(1).max(MAX_MINOR).default(MAX_MINOR),
  /** A regular expression; 32 characters is the limit whatever it says (§3). */
  orderNumberPattern: z
    .string()
    .max(200)
    .refine(isRegExp, 'Not a regular expression')
    .default('^[A-Za-z0-9_-]{1,32}$'),
  /** Where the card number goes (§3, §14 I2). */
  panPath: z.enum(['target.pan', 'target.card.pan']).default('target.pan'),
  /** True where the provider set this account up to refuse payouts without `client.name` (§3). */
  requireClientName: z.boolean().default(false),
  /** SBP member number → bank. When given, other numbers are refused before sending (§6). */
  sbpBankDirectory: z.record(z.string(), z.string()).optional(),

  /** How long the provider's page stays open, in s (§5). */
  sessionTimeoutSecs: z.number().int().min(60).max(86_400).default(1_200),
  /** Action codes of status 6 that mean "the recipient did not act in time" (§10.1). */
  sessionExpiry: z.array(z.string()).default(['-2007']),

  /** Changes to the meaning of `orderStatus` (§10.1), over the table in status-map.ts. */
  orderStatusMap: z.record(z.string(), z.enum(['pending', 'paid', 'declined', 'review'])).default({}),
  /** Which operation types credit the recipient, and which others are known (§3). */
  knownOperationTypes: z
    .strictObject({ credit: z.array(z.string()), other: z.array(z.string()) })
    .default({ credit: ['P2P_CREDIT'], other: ['P2P_VERIFY', 'P2P_DEBIT'] }),
  /** Words for action and result codes, over those in status-map.ts (§3, §10.3). */
  resultCodeDictionary: z.record(z.string(), z.string()).default({}),
  /** Changes to the class of error rows (§11.1). A row told apart by its text alone stays subject to confirmation. */
  errorPolicy: z
    .array(
      z.strictObject({
        row: z.number().int().min(1).max(34),
        class: z.enum(['D', 'B', 'A']),
        confirm: z.boolean().optional(),
      }),
    )
    .default([]),

  /** How long "not found" proves nothing after an attempt, in s (§11.2 rule 3). */
  notFoundGraceSecs: seconds.default(900),
  /** After that: send again, with the same order number? (§11.2 rule 3). */
  reexecuteAfterNotFound: z.enum(['manual', 'auto', 'never']).default('manual'),
  /** How long a request that provably did not leave is tried again, in s. */
  sendBudgetSecs: seconds.default(900),
  /** Waits between status queries, in ms (§16): to 30 min every minute at most, to 24 h every 15 min. */
  pollSchedule: z
    .array(z.strictObject({ delayMs: z.number().int().min(1), times: z.number().int().min(1) }))
    .min(1)
    .default([
      { delayMs: 2_000, times: 1 },
      { delayMs: 5_000, times: 1 },
      { delayMs: 10_000, times: 1 },
      { delayMs: 20_000, times: 1 },
      { delayMs: 30_000, times: 1 },
      { delayMs: 60_000, times: 29 },
      { delayMs: 900_000, times: 94 },
    ]),

  /** Callbacks are undocumented for payouts; the provider's support switches them on (§13). */
  callbacksEnabled: z.boolean().default(false),
  /** By reference. The key of the symmetric checksum; without it every callback is refused (§13). */
  callbackSecret: z.string().min(1).optional(),
});

/** A resend is safe only when the request before it can no longer be on its way. */
export const all2payConfig = settings.refine(
  ({ reexecuteAfterNotFound, notFoundGraceSecs, connectTimeoutMs, responseTimeoutMs }) =>
    reexecuteAfterNotFound !== 'auto' || notFoundGraceSecs * 1000 >= connectTimeoutMs + responseTimeoutMs,
  {
    path: ['notFoundGraceSecs'],
    message: 'Must be at least connectTimeoutMs + responseTimeoutMs where reexecuteAfterNotFound is auto',
  },
);

export type All2payConfig = z.output<typeof all2payConfig>;

function isRegExp(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}

/** Every request carries the password: http is for a simulator (loopback, or a container's name). */
function isSafeBase(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  if (username || password || search || hash) return false;
  return (
    protocol === 'https:' ||
    /^(127\.\d+\.\d+\.\d+|\[::1\]|[a-z0-9_-]+|[a-z0-9_-]+\.localhost)$/i.test(hostname)
  );
}
