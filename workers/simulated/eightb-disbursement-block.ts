import { z } from 'zod';
import type {
  EightbDisbursementBehaviour,
  EightbDisbursementBehaviourChanges,
  EightbDisbursementService,
  EightbDisbursementSimulatorOptions,
  EightbDisbursementTimings,
} from '../../simulators/index.js';
import { defineBlock, milliseconds, minorUnits, type Table } from './block.js';

const fields = z.array(z.string()).exactOptional();

/** How the System behaves towards one service: `simulators/eightb-disbursement/variant.ts` says what each means. */
const variant = {
  recipes: z
    .strictObject({
      payout: fields,
      check: fields,
      callback: fields,
      balance: fields,
      balance_statement: fields,
      payout_reestr: fields,
      notify: fields,
    } satisfies Table<EightbDisbursementBehaviour['recipes']>)
    .optional(),
  fieldCase: z.enum(['lower', 'upper']).optional(),
  timeZone: z.string().optional(),
  amountScale: z.number().int().min(0).max(4).optional(),
  checkDt: z.enum(['any', 'original']).optional(),
  dtWindowMs: milliseconds.nullable().optional(),
  secretInClear: z.enum(['refused', 'required']).optional(),
  existingId: z.enum(['status', 'duplicate', 'executeAgain']).optional(),
  check: z.enum(['on', 'off']).optional(),
  notFoundToken: z.enum(['NOT FOUND', 'NOT_FOUND', 'Not found']).optional(),
  errorForm: z.enum(['colon', 'bare', 'tight']).optional(),
  errorElement: z.enum(['present', 'absent']).optional(),
  idEcho: z.enum(['always', 'registered']).optional(),
  elementCase: z.enum(['lower', 'upper']).optional(),
  contentType: z.enum(['application/xml', 'text/plain']).optional(),
  securityReply: z.enum(['text', 'http400']).optional(),
  parameterReply: z.enum(['text', 'http403']).optional(),
  unknownService: z.enum(['text', 'http404']).optional(),
  callbacks: z.enum(['on', 'off']).optional(),
  ack: z.enum(['OK', 'json']).optional(),
  callbackDt: z.enum(['operation', 'sending']).optional(),
  statementComment: z.enum(['id', 'plain']).optional(),
  registryTypeIn: z.enum(['query', 'path']).optional(),
  registryDelimiter: z.enum([',', ';']).optional(),
  registryColumns: z.record(z.string(), z.string()).optional(),
} satisfies Table<EightbDisbursementBehaviourChanges>;

const server = {
  timings: z
    .strictObject({
      paidMs: milliseconds.exactOptional(),
      notFoundMs: milliseconds.exactOptional(),
      callbackDelayMs: milliseconds.exactOptional(),
      callbackGapsMs: z.array(milliseconds).min(1).exactOptional(),
      callbackGiveUpMs: milliseconds.exactOptional(),
    } satisfies Table<EightbDisbursementTimings>)
    .optional(),
} satisfies Table<
  Omit<
    EightbDisbursementSimulatorOptions,
    | keyof EightbDisbursementBehaviourChanges
    | 'port'
    | 'host'
    | 'services'
    | 'callbackUrl'
    | 'destinations'
    | 'onRequest'
  >
>;

/** What concerns the service alone; the rest is known from the account's settings. */
const login = {
  balanceMinor: minorUnits.optional(),
  allowedIps: z.array(z.string()).optional(),
} satisfies Table<Pick<EightbDisbursementService, 'balanceMinor' | 'allowedIps'>>;

/** An 8b.world Disbursement account's `simulator` block: the simulator's own options. */
export const eightbDisbursementBlock = defineBlock({ login, variant, server });
