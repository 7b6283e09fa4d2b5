import { z } from 'zod';
import { isCurrencyCode } from '../../domain/currencies.js';
import { MAX_MINOR } from '../../domain/money.js';
import { isRegExp, isSafeBase } from '../config-checks.js';
import { isTimeZone } from './dates.js';
import { DEFAULT_DIRECTORY, directionSchema } from './directory.js';
import { errorRuleSchema } from './error-rules.js';
import { CORE_FIELDS, EXTRA_FIELDS } from './extra-fields.js';

const seconds = z.number().int().min(0).max(172_800);
const milliseconds = z.number().int().min(1).max(600_000);
const pattern = z.string().min(1).max(200).refine(isRegExp, 'Not a regular expression');
const fieldName = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
const recipe = z.array(fieldName).min(1).max(20);
const path = z
  .string()
  .regex(/^(\/[\w.{}-]+)+$/, 'Must be a path such as /partner/{service_id}/payout')
  .max(200);
const currencyCode = z.string().refine(isCurrencyCode, 'Not an ISO 4217 currency');
const MEANINGS = ['accepted', 'pending', 'paid', 'not_paid', 'not_found'] as const;

const column = z.string().min(1).max(60);

/**
 * The settings of one 8b Disbursement account. What the provider's document does not state is a setting here, with the
 * document's assumption as its default; a hint such as (§3.1) names the document's section.
 */
const settings = z.strictObject({
  /** TEST `https://int.8b.world`, PROD `https://api.8b.world` (§2). */
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(200)
    .refine(
      isSafeBase,
      'Must be https, without user name and query; http only for a simulator on this host or network',
    ),
  /** Below `baseUrl`; `{service_id}` stands for the account's (§2, §5). */
  paths: z
    .strictObject({
      payout: path.default('/partner/{service_id}/payout'),
      check: path.default('/partner/{service_id}/check'),
      balance: path.default('/partner/{service_id}/balance'),
      balance_statement: path.default('/partner/{service_id}/balance_statement'),
      notify: path.default('/partner/{service_id}/notify'),
    })
    .prefault({}),
  /** `Service_ID`: one per payout currency (§3). */
  serviceId: z.string().regex(/^[1-9]\d{0,17}$/, 'Must be a positive whole number, as text'),
  /** By reference. `SecretKey`: enters the hash only (§3). */
  secretKey: z.string().min(1).max(200),
  /** For an installation that insists on the key itself in every POST, in the field `secretField` (§3). */
  sendSecretInClear: z.boolean().default(false),
  /** What that field is called. */
  secretField: fieldName.default('secretkey'),
  /** After a refusal of our signature, address or Service_ID (§7 CONFIG): `stop` sends nothing for the pause. */
  authFailurePolicy: z.enum(['stop', 'continue']).default('stop'),
  /** How long `authFailurePolicy: stop` stops, in s. */
  authFailurePauseSecs: z.number().int().min(1).max(86_400).default(300),

  /** What each hash is made of, in order, before the key (§3.1). */
  recipes: z
    .strictObject({
      payout: recipe.default(['id', 'dt', 'amount', 'phone', 'client', 'destination']),
      check: recipe.default(['id', 'dt', 'amount', 'destination']),
      callback: recipe.default(['id', 'dt', 'amount', 'result', 'destination']),
      balance: recipe.default(['dt']),
      balance_statement: recipe.default(['dt_start', 'dt_end']),
      payout_reestr: recipe.default(['dt_start', 'dt_end']),
      notify: recipe.default(['id', 'dt']),
    })
    .prefault({}),
  /** How the provider writes field names (§4). */
  fieldCase: z.enum(['lower', 'upper']).default('lower'),
  /** The zone of every date on the wire (§4). */
  providerTimeZone: z
    .string()
    .max(64)
    .refine(isTimeZone, 'Not a time zone such as UTC or Europe/Riga')
    .default('UTC'),
  /** Decimals on the wire, by currency; two for all that are not here (§4). */
  amountScale: z.partialRecord(currencyCode, z.number().int().min(0).max(4)).default({ IDR: 0 }),
  /** Must an answer that says how a payout stands name it by `id`? If not, one without is believed (§5.1, §5.2). */
  requireIdEcho: z.boolean().default(true),

  /** Name lookup, TCP and TLS together, in ms. */
  connectTimeoutMs: milliseconds.default(5_000),
  /** For the whole call, in ms (§4). */
  timeoutMs: milliseconds.default(30_000),

  /** The account's currency: the balance is in it, and an operation in another is refused (§5.1, §5.3). */
  currency: currencyCode,
  /** Minor units. */
  minAmount: z.number().int().min(1).max(MAX_MINOR).default(1),
  /** Minor units. */
  maxAmount: z.number().int().min(1).max(MAX_MINOR).default(MAX_MINOR),
  /** A regular expression; 20 letters and digits are the limit whatever it says (§5.1). */
  orderIdPattern: pattern.default('^[A-Za-z0-9]{1,20}$'),
  /** The provider's directory (§5.8). */
  destinations: z
    .record(z.string().regex(/^[A-Za-z0-9_-]{1,20}$/), directionSchema)
    .default({ ...DEFAULT_DIRECTORY }),
  /** Sent as `phone` where neither recipient nor destination has one; it is not validated there (§5.1). */
  defaultPhone: z
    .string()
    .regex(/^\d{3,20}$/)
    .optional(),
  /** What `providerFields` may hold beside `destination` (§5.1). */
  extraFields: z.array(fieldName).default(Object.keys(EXTRA_FIELDS)),

  /** The meaning of further result words (§5.1, §5.2), or another of known ones. */
  resultTokens: z.record(z.string(), z.enum(MEANINGS)).default({}),
  /** Tried before the assumed texts (§7). The first that fits wins. */
  errorRules: z.array(errorRuleSchema).default([]),
  /** Another class for an HTTP status, `418`, or a range, `5xx` (§6). */
  httpClasses: z
    .record(z.string().regex(/^[1-5](\d\d|xx)$/), z.enum(['CONFIG', 'FINAL', 'AMBIGUOUS']))
    .default({}),

  /** The `dt` of a check: of the question, or of the payout (§5.2). */
  checkDt: z.enum(['now', 'original']).default('now'),
  /** How long "not found" proves nothing after an attempt, in s (§8). */
  notFoundGraceSecs: seconds.default(900),
  /** After that: send the same bytes again? Safe only where a known id answers by its status (§8). */
  resendSameId: z.enum(['manual', 'auto', 'never']).default('manual'),
  /** How long a request that provably did not leave is tried again, in s. */
  sendBudgetSecs: seconds.default(900),
  /** Waits between checks, in ms (§9): the first after 60 s, every 60 s for 15 min, every 5 min to 2 h, hourly to 48 h. */
  pollSchedule: z
    .array(z.strictObject({ delayMs: z.number().int().min(1), times: z.number().int().min(1) }))
    .min(1)
    .default([
      { delayMs: 60_000, times: 16 },
      { delayMs: 300_000, times: 21 },
      { delayMs: 3_600_000, times: 46 },
    ]),

  /** The provider knows our callback address from the onboarding (§5.7). */
  callbacksEnabled: z.boolean().default(true),
  /** What tells the provider that a callback was received (§5.7). */
  ackBody: z
    .string()
    .min(1)
    .max(200)
    .refine((body) => body !== 'ERROR', 'ERROR stops the provider')
    .default('OK'),
  /** The type of that body. */
  ackContentType: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[\w.+-]+\/[\w.+-]+(; ?[\w-]+=[\w-]+)?$/)
    .default('text/plain'),
  /** How long a callback is waited for before it is asked for, and again, in s (§5.6). */
  notifyEverySecs: z.number().int().min(1).max(172_800).default(1_800),

  /** Finds our order id in a statement's comment: the first group (§5.4). */
  statementCommentPattern: pattern.default('\\bpayout\\s+([0-9A-Za-z]{1,20})\\b'),
  /** §5.5. */
  registryPath: path.default('/payout_reestr'),
  /** `path`: the format follows the path, `/reestr/csv` (§5.5). */
  registryTypeIn: z.enum(['query', 'path']).default('query'),
  /** What we ask for (§5.5). */
  registryFormat: z.enum(['csv', 'json', 'xml']).default('csv'),
  /** Between the cells of a csv. */
  registryDelimiter: z.enum([',', ';', '\t', '|']).default(','),
  /** What the registry calls what we look for (§5.5). Null: it has no such column. */
  registryColumns: z
    .strictObject({
      id: column.default('id'),
      created: column.default('created'),
      amount: column.default('amount'),
      status: column.default('status'),
      processed: column.nullable().default('processed'),
      currency: column.nullable().default('currency'),
      client: column.nullable().default('client'),
      error: column.nullable().default('error'),
      fee: column.nullable().default('fee'),
    })
    .prefault({}),
  /** A longer statement or registry is not read, in bytes. */
  maxListBytes: z.number().int().min(1_024).max(268_435_456).default(33_554_432),
});

export const eightbDisbursementConfig = settings.superRefine((config, context) => {
  const refuse = (where: string[], message: string): void =>
    context.addIssue({ code: 'custom', path: where, message });
  // A resend is safe only when the request before it can no longer be on its way.
  if (config.resendSameId === 'auto' && config.notFoundGraceSecs * 1000 < config.timeoutMs) {
    refuse(['notFoundGraceSecs'], 'Must be at least timeoutMs where resendSameId is auto');
  }
  const payable = Object.values(config.destinations).some(({ currencies }) =>
    currencies.includes(config.currency),
  );
  if (!payable) refuse(['destinations'], `No direction pays in ${config.currency}, the account's currency`);
  const own: readonly string[] = [...CORE_FIELDS, config.secretField];
  const taken = config.extraFields.filter((name) => own.includes(name));
  if (taken.length > 0)
    refuse(['extraFields'], `Cannot hold ${taken.join(', ')}: the engine fills them itself`);
  for (const [code, { requiredFields }] of Object.entries(config.destinations)) {
    const unknown = requiredFields.filter(
      (name) => !own.includes(name) && !config.extraFields.includes(name),
    );
    if (unknown.length > 0) {
      refuse(['destinations', code, 'requiredFields'], `Not in extraFields: ${unknown.join(', ')}`);
    }
  }
});

export type EightbConfig = z.output<typeof eightbDisbursementConfig>;
export type Message = keyof EightbConfig['recipes'];
