import { z } from 'zod';
import type { EightbPaySimulatorOptions } from '../../simulators/index.js';
import { defineBlock, milliseconds, type Table } from './block.js';

type Shop = NonNullable<EightbPaySimulatorOptions['shops']>[string];
type Variant = NonNullable<Shop['variant']>;

/** How the gateway behaves towards one shop: `simulators/eightb-pay/variant.ts` says what each of them means. */
const variant = {
  signAlgorithm: z.enum(['md5', 'sha256']).optional(),
  currencies: z.array(z.string()).optional(),
  requiredFields: z.boolean().optional(),
  zone: z.string().optional(),
  sameReference: z.enum(['sameBody', 'refuse', 'newSession']).optional(),
  twoStage: z.boolean().optional(),
  verification: z.enum(['supported', 'charges']).optional(),
  doubleCharge: z.enum(['prevented', 'possible']).optional(),
  systemCurrency: z.enum(['same', 'UAH']).optional(),
  wrapBase64At: z.number().int().min(0).optional(),
  statusAs: z.enum(['number', 'string', 'mixed']).optional(),
  idAs: z.enum(['number', 'string']).optional(),
  amountAs: z.enum(['number', 'string']).optional(),
  apiKeyInItems: z.boolean().optional(),
  echoKey: z.boolean().optional(),
  failures: z.enum(['unsigned', 'signed']).optional(),
  errorFields: z.enum(['both', 'error', 'error_msg']).optional(),
  failureStatus: z.union([z.literal(200), z.literal(400), z.literal(422)]).optional(),
  badSignStatus: z.union([z.literal(403), z.literal(200)]).optional(),
  unknownOrder: z.enum(['empty', 'failure']).optional(),
  contentType: z.enum(['json', 'html']).optional(),
  plainReport: z.boolean().optional(),
  reportPageSize: z.number().int().min(1).max(1_000).optional(),
  acknowledgement: z.enum(['body', 'status']).optional(),
  callbacks: z.enum(['on', 'off']).optional(),
} satisfies Table<Variant>;

const server = {
  timings: z
    .strictObject({
      secondMs: milliseconds.exactOptional(),
      uncertainSecs: z.number().min(0).exactOptional(),
      verificationSecs: z.number().min(0).exactOptional(),
      callbackDelayMs: milliseconds.exactOptional(),
    } satisfies Table<NonNullable<EightbPaySimulatorOptions['timings']>>)
    .optional(),
} satisfies Table<
  Omit<
    EightbPaySimulatorOptions,
    keyof Variant | keyof Shop | 'port' | 'host' | 'apiKey' | 'shops' | 'onRequest'
  >
>;

/** An 8b.world `/pay` account's `simulator` block: the simulator's own options. */
export const eightbPayBlock = defineBlock({ login: {}, variant, server });
