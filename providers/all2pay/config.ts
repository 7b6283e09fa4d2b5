import { z } from 'zod';
import { MAX_MINOR } from '../../domain/money.js';
import { isRegExp, isSafeBase, signingKeyFault, type Fault } from '../config-checks.js';
import { callbackCertFault } from './callback-cert.js';

/** Two days: more than any wait that makes sense here. */
const seconds = z.number().int().min(0).max(172_800);
const milliseconds = z.number().int().min(1).max(600_000);
const pattern = z.string().min(1).max(200).refine(isRegExp, 'Not a regular expression');

/** Every method that takes a POST; `balance` is the one at `balancePath`. */
const SIGNABLE = [
  'registerPayout.do',
  'performPayout.do',
  'getPayoutStatus.do',
  'createTargetBindingId.do',
  'createSourceBindingId.do',
  'balance',
] as const;

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
  /**
   * After HTTP 401 (§11.1 rows 17 and 18): `stop` sends nothing that needs the login for `authFailurePauseSecs`, then
   * one request tries it; so that repeated tries do not lock the login. `continue` goes on as if nothing had happened.
   */
  authFailurePolicy: z.enum(['stop', 'continue']).default('stop'),
  /** How long `authFailurePolicy: stop` stops, in s. */
  authFailurePauseSecs: z.number().int().min(1).max(86_400).default(300),

  /** Signs requests in the headers X-Hash and X-Signature (§9). Without it, nothing is signed. */
  signing: z
    .strictObject({
      /** False: keep the key here but do not sign. */
      enabled: z.boolean().default(true),
      /** By reference. The private RSA key, PKCS#8 in PEM, encrypted or not. */
      pkcs8Pem: z.string().min(1).max(20_000),
      /** By reference. Opens `pkcs8Pem` if that is encrypted. */
      passphrase: z.string().min(1).max(1_000).optional(),
      /** The methods whose requests are signed. */
      signMethods: z.array(z.enum(SIGNABLE)).default([...SIGNABLE]),
      /** What is signed: the base64 text of the hash, or the hash's 32 bytes (§9, §14 I8). */
      signatureInput: z.enum(['base64Text', 'rawDigest']).default('base64Text'),
      /** True: hash the bytes as sent. False: the provider drops all blanks and line breaks before it hashes. */
      hashRawBytes: z.boolean().default(true),
    })
    .optional(),

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
  /**
   * Is the provider's fee added to the amount, or deducted from it (§3)? `added`: a credit of any other amount than the
   * payout's is a contradiction. `deducted`: the amount less the fee will do as well.
   */
  feeMode: z.enum(['added', 'deducted']).default('added'),
  /** A regular expression; 32 characters is the limit whatever it says (§3). */
  orderNumberPattern: pattern.default('^[A-Za-z0-9_-]{1,32}$'),
  /** Where the card number goes (§3, §14 I2). */
  panPath: z.enum(['target.pan', 'target.card.pan']).default('target.pan'),
  /** `seToken`: a payout's card number goes encrypted with the provider's public key, in `target.seToken` (§8). */
  cardEncryption: z.enum(['none', 'seToken']).default('none'),
  /** How long the answer of `keys.do` may be used, in s (§8). */
  keyCacheMaxSecs: seconds.default(3_600),
  /** A public key is not used in the last so many seconds before it expires (§8). */
  keySafetySecs: seconds.default(300),
  /** A regular expression, case ignored: the words of a 400/98 that may mean a bad or expired token (§8). */
  seTokenErrorPattern: pattern.default('seToken|Invalid request'),
  /** True where the provider set this account up to refuse payouts without `client.name` (§3). */
  requireClientName: z.boolean().default(false),
  /** SBP member number → bank. When given, other numbers are refused before sending (§6). */
  sbpBankDirectory: z.record(z.string(), z.string()).optional(),

  /** How long the provider's page stays open, in s (§5). */
  sessionTimeoutSecs: z.number().int().min(60).max(86_400).default(1_200),
  /** How long after the page's or the challenge's end a person may still be finishing it, in s (§5). */
  formGraceSecs: seconds.default(300),
  /** Action codes of status 6 that mean "the person did not act in time" (§10.1). */
  sessionExpiry: z.array(z.string()).default(['-2007']),
  /**
   * How the payer is sent to 3-D Secure (§7). `auto`: the provider's short address if there is one, else its own 3DS2
   * form, else the form of MD, PaReq and TermUrl. Another value: that one or none.
   */
  threeDsStrategy: z.enum(['auto', 'shortUrl', 'creq', 'paReq']).default('auto'),
  /** How long the payer has for 3-D Secure, in s (§7). */
  threeDsWaitSecs: z.number().int().min(60).max(86_400).default(1_200),

  /** What the card verification code is called when a payer's card is stored (§7a.2). */
  cvvField: z.enum(['cvv', 'cvc']).default('cvv'),
  /** What the login is called when a card is stored: table and samples differ (§14 I4). */
  bindingUserNameField: z.enum(['userName', 'username']).default('userName'),
  /** Does `getPayoutStatus.do` tell about a payer's card? If not, one with 3-D Secure ends in review (§7a.2). */
  sourceBindingStatus: z.boolean().default(true),
  /** Is a payer's card that was stored without 3-D Secure believed at once? If not, one status query confirms it (§7a.2). */
  frictionlessSourceBinding: z.boolean().default(true),
  /** What `orderType` says of a stored card (§7a.1); that of the other purpose is a contradiction. */
  orderTypeValues: z
    .strictObject({ destination: z.array(z.string()), source: z.array(z.string()) })
    .default({ destination: ['createTargetBindingId'], source: ['createSourceBindingId'] }),

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
  /** By reference. The key of the symmetric checksum (§13). Either this or `callbackCert`. */
  callbackSecret: z.string().min(1).optional(),
  /** PEM certificate or public key (RSA) of the asymmetric checksum (§13). Either this or `callbackSecret`. */
  callbackCert: z.string().min(1).max(20_000).optional(),
  /** The digest of the asymmetric checksum; what a callback's `sign_alias` says is not trusted (§13). */
  callbackDigest: z.enum(['sha256', 'sha384', 'sha512']).default('sha512'),
  /** Which operations are a reason to ask for the status; over the table in callback-operations.ts (§13). */
  callbackOperationMap: z.record(z.string(), z.enum(['ask', 'ignore'])).default({}),

  /** Where to ask for the balance, below `baseUrl`: undocumented, so there is none by default (§14 G1). */
  balancePath: z
    .string()
    .regex(/^\/?[\w.-]+(\/[\w.-]+)*$/, 'Must be a path such as getBalance.do')
    .max(200)
    .optional(),
});

export const all2payConfig = settings.superRefine((config, context) => {
  const refuse = (path: string[], message: Fault): void => {
    if (message !== undefined) context.addIssue({ code: 'custom', path, message });
  };
  const { signing, callbackSecret, callbackCert } = config;
  // A resend is safe only when the request before it can no longer be on its way.
  const longestCallMs = config.connectTimeoutMs + config.responseTimeoutMs;
  if (config.reexecuteAfterNotFound === 'auto' && config.notFoundGraceSecs * 1000 < longestCallMs) {
    const words =
      'Must be at least connectTimeoutMs + responseTimeoutMs where reexecuteAfterNotFound is auto';
    refuse(['notFoundGraceSecs'], words);
  }
  if (signing) refuse(['signing', 'pkcs8Pem'], signingKeyFault(signing.pkcs8Pem, signing.passphrase));
  if (callbackCert !== undefined) refuse(['callbackCert'], callbackCertFault(callbackCert));
  if (callbackSecret !== undefined && callbackCert !== undefined) {
    refuse(['callbackCert'], 'Cannot stand beside callbackSecret: a checksum is of one kind');
  }
  if (config.callbacksEnabled && callbackSecret === undefined && callbackCert === undefined) {
    refuse(
      ['callbacksEnabled'],
      'Needs callbackSecret or callbackCert: a callback without checksum is refused',
    );
  }
});

export type All2payConfig = z.output<typeof all2payConfig>;
export type SignedMethod = (typeof SIGNABLE)[number];
