import { z } from 'zod';
import type { All2paySimulatorOptions, LoginOptions } from '../../simulators/index.js';
import { defineBlock, milliseconds, minorUnits, type Table } from './block.js';

type Variant = NonNullable<LoginOptions['variant']>;
const prefixes = z.array(z.string().regex(/^\d{1,8}$/, 'Must be 1 to 8 digits'));

/** How the provider behaves towards one login: `simulators/all2pay/variant.ts` says what each of them means. */
const variant = {
  panPath: z.enum(['target.pan', 'target.card.pan']).optional(),
  cards: z.enum(['any', 'panOnly', 'seTokenOnly']).optional(),
  cvvField: z.enum(['cvv', 'cvc']).optional(),
  requireClientName: z.boolean().optional(),
  orderNumberPattern: z.string().optional(),
  minAmountMinor: minorUnits.optional(),
  foreignPrefixes: prefixes.optional(),
  signatureInput: z.enum(['base64Text', 'rawDigest']).optional(),
  hashRawBytes: z.boolean().optional(),
  badSignatureReply: z.enum(['row17', 'row7', 'html403']).optional(),
  duplicateOrder: z.enum(['reject400', 'replayStored', 'executeAgain']).optional(),
  feeMinor: minorUnits.optional(),
  feeMode: z.enum(['added', 'deducted']).optional(),
  sbpStatuses: z.enum(['sync', 'async']).optional(),
  formRetries: z.boolean().optional(),
  returnParams: z.array(z.enum(['orderId', 'lang', 'orderNumber'])).optional(),
  sessionExpiry: z.enum(['declined', 'registered', 'rejected']).optional(),
  threeDs: z.enum(['shortUrl', 'classic', 'creq', 'unsupported']).optional(),
  is3DSVer2: z.boolean().optional(),
  challengeStatus: z.enum(['absent', '5']).optional(),
  challengeExpiry: z.enum(['declined', 'never']).optional(),
  frictionlessSourceBinding: z.boolean().optional(),
  frictionlessPrefixes: prefixes.optional(),
  bindingDedup: z.enum(['new', 'same']).optional(),
  sourceBindingStatus: z.enum(['supported', 'notFound']).optional(),
  bindingFields: z.enum(['topLevel', 'nested']).optional(),
  orderType: z.enum(['byMethod', 'alwaysSource', 'absent']).optional(),
  errorEnvelope: z.enum(['orderStatus', 'orderNumber', 'bare']).optional(),
  amountAs: z.enum(['number', 'string']).optional(),
  currencyAs: z.enum(['string', 'number']).optional(),
  orderStatusAs: z.enum(['string', 'number']).optional(),
  orderIdInAnswers: z.boolean().optional(),
  contentType: z.enum(['json', 'html']).optional(),
  row32Blanks: z.enum(['printed', 'plain']).optional(),
  callbacksEnabled: z.enum(['on', 'off']).optional(),
} satisfies Table<Variant>;

/** What holds for all logins of a server: accounts that differ in it cannot share one. */
const server = {
  timings: z
    .strictObject({
      hangMs: milliseconds.exactOptional(),
      notFoundMs: milliseconds.exactOptional(),
      pendingMs: milliseconds.exactOptional(),
      sbpPendingMs: milliseconds.exactOptional(),
      sessionSecondMs: milliseconds.exactOptional(),
      threeDsMs: milliseconds.exactOptional(),
      callbackDelayMs: milliseconds.exactOptional(),
    } satisfies Table<NonNullable<All2paySimulatorOptions['timings']>>)
    .optional(),
  callbacks: z
    .strictObject({
      repeatMs: milliseconds.optional(),
      maxTries: z.number().int().min(1).max(100).optional(),
      method: z.enum(['GET', 'POST']).optional(),
      extras: z.array(z.enum(['amount', 'callbackCreationDate', 'p2p'])).optional(),
    })
    .optional(),
  keys: z
    .strictObject({
      format: z.enum(['bare', 'pem']).optional(),
      expiration: z.enum(['ms', 's']).optional(),
      protocolVersion: z.string().nullable().optional(),
      bits: z.union([z.literal(2048), z.literal(4096)]).optional(),
      lifetimeMs: z.number().int().min(1).optional(),
    } satisfies Table<NonNullable<All2paySimulatorOptions['keys']>>)
    .optional(),
  balancePath: z.string().regex(/^\//, 'Must begin with /').nullable().optional(),
  clockSkewMs: z.number().int().optional(),
} satisfies Table<Omit<All2paySimulatorOptions, keyof Variant | ForTheEngine | keyof LoginOptions>>;

/** What the engine decides by itself: where a simulator is, whom it knows and what it remembers. */
type ForTheEngine = 'port' | 'host' | 'userName' | 'logins' | 'ledgerFile' | 'bindings' | 'onRequest';

/** What concerns the account alone, whatever server it is on. */
const login = {
  merchants: z.array(z.string()).optional(),
  transitBalanceMinor: minorUnits.optional(),
} satisfies Table<Omit<LoginOptions, 'password' | 'callback' | 'signing' | 'returnUrl' | 'variant'>>;

/** An All2pay account's `simulator` block: the simulator's own options. */
export const all2payBlock = defineBlock({ login, variant, server });
