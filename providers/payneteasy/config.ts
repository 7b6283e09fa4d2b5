import { z } from 'zod';
import { CURRENCIES, isCurrencyCode, type CurrencyCode } from '../../domain/currencies.js';
import { isRegExp, isSafeBase, signingKeyFault, type Fault } from '../config-checks.js';
import { CALLER_FIELDS, mayBeGiven } from './field-table.js';
import { POLL_SCHEDULES } from './poll-schedules.js';

/** Two days: more than any wait that makes sense here. */
const seconds = z.number().int().min(0).max(172_800);
const milliseconds = z.number().int().min(1).max(600_000);
const pattern = z.string().min(1).max(200).refine(isRegExp, 'Not a regular expression');
const id = z.string().regex(/^\d{1,20}$/, 'Must be the number that the provider gave');
const path = z.string().regex(/^[\w.-]+(\/[\w.-]+)*$/, 'Must be a path such as api/v4/payout');
const words = z.array(z.string().min(1).max(64));
const pollStep = z.strictObject({ delayMs: z.number().int().min(1), times: z.number().int().min(1) });

const currency = z
  .string()
  .refine((code): code is CurrencyCode => isCurrencyCode(code), 'Not an ISO 4217 currency')
  .refine((code) => CURRENCIES[code].exponent <= 2, 'Has more than two decimals, which the wire has not');

const commandPaths = z
  .strictObject({
    payout: path.default('api/v4/payout'),
    'payout-by-ref': path.default('api/v4/payout-by-ref'),
    'payout-check': path.default('api/v4/payout-check'),
    'payout-pay': path.default('api/v4/payout-pay'),
    'status-v2': path.default('api/v2/status'),
    'status-v4': path.default('api/v4/status'),
    'get-balance': path.default('api/v2/get-balance'),
  })
  .prefault({});

/** Which of the three balances is asked for (§6.6). */
const balance = z.discriminatedUnion('of', [
  /** The endpoint's balance at one of the provider's banks; the answer names no currency. */
  z.strictObject({ of: z.literal('provider'), balanceProvider: z.string().min(1).max(128), currency }),
  z.strictObject({ of: z.literal('merchant'), balanceName: z.string().min(1).max(128).optional() }),
  z.strictObject({ of: z.literal('manager'), balanceName: z.string().min(1).max(128).optional() }),
]);

const readyRule = z
  .strictObject({
    status: z.string().min(1).max(64),
    orderStage: words.optional(),
    transactionType: words.optional(),
  })
  .refine(({ orderStage, transactionType }) => orderStage !== undefined || transactionType !== undefined, {
    error: 'Needs orderStage or transactionType: a status alone does not tell a check from a payout',
  });

/**
 * The settings of one Payneteasy account: one endpoint, or one endpoint group. What the provider's document does not
 * state is a setting here, with the document's assumption as its default (sections are those of that document).
 */
const settings = z.strictObject({
  /** TEST `https://sandbox.payneteasy.com/paynet`, PROD `https://gate.payneteasy.com/paynet`; also `.eu` (§2). */
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(200)
    .refine(
      isSafeBase,
      'Must be https, without user name and query; http only for a simulator on this host or network',
    ),
  /** The merchant login, which is the OAuth consumer key too (§3). */
  login: z.string().regex(/^[\w.@-]{1,64}$/, 'Must be a login of at most 64 of A-Z a-z 0-9 . _ @ -'),
  /** By reference. The control key (§3). */
  merchantControl: z.string().min(1).max(128),
  /** Exactly one of both (§2): a single currency, or a group for several. */
  endpointId: id.optional(),
  /** In place of `endpointId`. */
  endpointGroupId: id.optional(),
  /** Signs v4 requests (§4.1). */
  signing: z.strictObject({
    /** By reference. The private RSA key, PKCS#8 in PEM, encrypted or not. */
    pkcs8Pem: z.string().min(1).max(20_000),
    /** By reference. Opens `pkcs8Pem` if that is encrypted. */
    passphrase: z.string().min(1).max(1_000).optional(),
  }),
  /** Where below `baseUrl` each command stands: the provider says that paths may change (§2). */
  paths: commandPaths,
  /** v2 carries a `control`, v4 an OAuth signature (§6.5). */
  statusVersion: z.enum(['v2', 'v4']).default('v2'),
  /** What is asked for by `Accept`; what comes is read by its content (§5). */
  responseFormat: z.enum(['json', 'form']).default('json'),

  /**
   * After HTTP 403 to a request that moves money (§9): `stop` sends no more of them for `authFailurePauseSecs`, then
   * one tries. `continue` goes on as if nothing had happened. Questions are never held back.
   */
  authFailurePolicy: z.enum(['stop', 'continue']).default('stop'),
  /** How long `authFailurePolicy: stop` stops, in s. */
  authFailurePauseSecs: z.number().int().min(1).max(86_400).default(60),

  /** `two_step`: payout-check, then payout-pay (§6.3, §6.4); enabled per endpoint. */
  flow: z.enum(['one_step', 'two_step']).default('one_step'),
  /** What a checked order looks like that may be paid now; first match (§6.3). */
  readyWhen: z
    .array(readyRule)
    .min(1)
    .default([
      { status: 'processing', orderStage: ['payout_checked'] },
      { status: 'approved', transactionType: ['payout-check', 'payout_check', 'check'] },
    ]),
  /** False where support has not activated payout-by-ref (§6.2). */
  storedCards: z.boolean().default(true),

  /** What the order id is called in payouts: current documents and the vendor's example of 2017 differ (§6.1). */
  orderIdField: z.enum(['client_orderid', 'client-order-id']).default('client_orderid'),
  /** ISO 4217 alphabetic codes of the endpoint. */
  currencies: z.array(currency).min(1),
  /** Minor units. */
  minAmount: z.number().int().min(1).default(1),
  /** Minor units; more than ten characters do not fit (§6.1 `amount`). */
  maxAmount: z.number().int().min(1).max(9_999_999_999).default(999_999_999),
  /** What `destination.bankCode` is sent as. */
  bankCodeField: z.enum(['routing_number', 'bank_branch', 'bank_name', 'none']).default('routing_number'),
  /** What callers may give in `providerFields`, and what of the recipient is sent. Default: the fields of §6.1. */
  allowedFields: z
    .array(z.string().refine(mayBeGiven, 'Is no field that a caller may give'))
    .default([...CALLER_FIELDS]),
  /** What this endpoint refuses to go without, by the provider's field names (§6.1: settled with support). */
  requiredFields: z.array(z.string().min(1).max(64)).default([]),
  /** Longest values that differ from §6.1. */
  maxLengths: z.record(z.string(), z.number().int().min(1).max(10_000)).default({}),

  /** Where the callback address goes: `notify_url` hears of reversals and chargebacks too (§6.1). */
  callbackField: z.enum(['server_callback_url', 'notify_url', 'none']).default('server_callback_url'),
  /** `documented`: 80 and 8080 for http, 443 and 8443 for https, as the gateway calls no other (§8). */
  callbackPorts: z.enum(['documented', 'any']).default('documented'),

  /** What `transaction-type` says (§6.5, §8): `payout` is paid by "approved", `check` never is, an approved `reversed` takes it back. */
  transactionTypes: z
    .strictObject({
      payout: words.default(['payout']),
      check: words.default(['payout-check', 'payout_check', 'check']),
      reversed: words.default(['reversal', 'chargeback']),
    })
    .prefault({}),
  /** `declined`: final, and told apart by its code. `review`: a person decides, where `error` may still turn (§7, §13). */
  errorStatus: z.enum(['declined', 'review']).default('declined'),
  /** Is a success believed that does not say its amount? (§6.5: absent fields are normal). */
  successWithoutAmount: z.boolean().default(false),
  /** A regular expression, case ignored: the words of a refused question that mean "no such order" (§9, §13). */
  notFoundPattern: pattern.default(
    'order.{0,60}(not found|does not exist|doesn.t exist)|(no such|unknown) order|not find.{0,30}order',
  ),
  /** A regular expression, case ignored: a refusal that may speak of an earlier request under the same id (§10). */
  duplicatePattern: pattern.default('duplicat|already'),
  /** How long the receiver has for the form of `redirect-to`, from when we took the payout in; 0: no end (§10). */
  redirectTtlSecs: seconds.default(1_800),
  /** How long after that a receiver may still be finishing it, in s. */
  formGraceSecs: seconds.default(300),

  /** Name lookup, TCP and TLS together, in ms. */
  connectTimeoutMs: milliseconds.default(5_000),
  /** The whole exchange, in ms (§10). */
  timeoutMs: milliseconds.default(30_000),
  /** How long "no such order" proves nothing after an attempt, in s (§9 `notFoundGrace`). */
  notFoundGraceSecs: seconds.default(900),
  /** After that: send again, with the same id and the same fields? (§9). If not, a person decides. */
  resendSameId: z.boolean().default(false),
  /** How long a request that provably did not leave is tried again, in s. */
  sendBudgetSecs: seconds.default(900),
  /** By name (§10), or waits of its own. */
  pollSchedule: z
    .union([
      z.enum(['constant', 'ladder']).transform((name) => [...POLL_SCHEDULES[name]]),
      z.array(pollStep).min(1),
    ])
    .default([...POLL_SCHEDULES.ladder]),

  /** None: the account has no balance; support must enable it (§6.6). */
  balance: balance.optional(),
});

export const payneteasyConfig = settings.superRefine((config, context) => {
  const refuse = (path: string[], message: Fault): void => {
    if (message !== undefined) context.addIssue({ code: 'custom', path, message });
  };
  const { endpointId, endpointGroupId, signing, flow, orderIdField } = config;
  if ((endpointId === undefined) === (endpointGroupId === undefined)) {
    refuse(['endpointId'], 'Give exactly one of endpointId and endpointGroupId');
  }
  refuse(['signing', 'pkcs8Pem'], signingKeyFault(signing.pkcs8Pem, signing.passphrase));
  if (config.minAmount > config.maxAmount) refuse(['minAmount'], 'Is more than maxAmount');
  if (config.requiredFields.some((name) => name === 'server_callback_url' || name === 'notify_url')) {
    refuse(['requiredFields'], 'Callback addresses are set by callbackField');
  }
  // A resend is safe only when the request before it can no longer be on its way.
  if (config.resendSameId && config.notFoundGraceSecs * 1000 < config.timeoutMs) {
    refuse(['notFoundGraceSecs'], 'Must be at least timeoutMs where resendSameId is true');
  }
  if (flow === 'two_step' && orderIdField !== 'client_orderid') {
    refuse(['orderIdField'], 'payout-check and payout-pay know client_orderid alone');
  }
});

export type PayneteasyConfig = z.output<typeof payneteasyConfig>;
