import { z } from 'zod';
import type {
  PayneteasyMerchantOptions,
  PayneteasySimulatorOptions,
  PayneteasyTimings,
  PayneteasyVariantChanges,
} from '../../simulators/index.js';
import { defineBlock, milliseconds, minorUnits, type Table } from './block.js';

/** How the gateway behaves towards one merchant: `simulators/payneteasy/variant.ts` says what each of them means. */
const variant = {
  orderIdField: z.enum(['client_orderid', 'client-order-id']).optional(),
  requiredFields: z.array(z.string()).optional(),
  clockWindowSecs: z.number().int().min(0).optional(),
  repeatedNonce: z.enum(['refused', 'taken']).optional(),
  json: z.enum(['offered', 'ignored']).optional(),
  jsonType: z.enum(['application/json', 'text/html']).optional(),
  jsonRejection: z.union([z.literal(400), z.literal(200)]).optional(),
  names: z.enum(['kebab', 'snake']).optional(),
  errorCodeAs: z.enum(['string', 'number']).optional(),
  amountAs: z.enum(['padded', 'short', 'number']).optional(),
  forbiddenBody: z.enum(['html', 'error', 'empty']).optional(),
  statusIds: z.enum(['both', 'ours', 'none']).optional(),
  statusAmount: z.enum(['said', 'absent']).optional(),
  processingAs: z.enum(['processing', 'absent']).optional(),
  transactionType: z.string().optional(),
  rrn: z.enum(['said', 'absent']).optional(),
  notFoundAs: z.enum(['error', 'validation-error']).optional(),
  withoutOrderId: z.enum(['answered', 'refused']).optional(),
  duplicateOrder: z.enum(['replay', 'reject', 'execute_again']).optional(),
  repeatedPay: z.enum(['reject_with_id', 'reject', 'replay']).optional(),
  readyAs: z.enum(['stage', 'approved_check']).optional(),
  declinesAt: z.enum(['check', 'pay']).optional(),
  redirectExpiry: z.enum(['declined', 'never']).optional(),
  unknownEnds: z.enum(['approved', 'declined', 'never']).optional(),
  errorTurns: z.enum(['never', 'approved']).optional(),
  callbacks: z.enum(['on', 'off']).optional(),
  callbackType: z.enum(['said', 'absent']).optional(),
  balanceShape: z.enum(['balances', 'list', 'single']).optional(),
} satisfies Table<PayneteasyVariantChanges>;

const server = {
  timings: z
    .strictObject({
      approveMs: milliseconds.exactOptional(),
      declineMs: milliseconds.exactOptional(),
      checkMs: milliseconds.exactOptional(),
      unknownMs: milliseconds.exactOptional(),
      lateMs: milliseconds.exactOptional(),
      redirectMs: milliseconds.exactOptional(),
      reversalMs: milliseconds.exactOptional(),
      errorTurnsMs: milliseconds.exactOptional(),
      callbackDelayMs: milliseconds.exactOptional(),
      callbackSecondMs: milliseconds.exactOptional(),
    } satisfies Table<PayneteasyTimings>)
    .optional(),
  enforceCallbackPorts: z.boolean().optional(),
  clockSkewMs: z.number().int().optional(),
  waitsFromTold: z.boolean().optional(),
} satisfies Table<
  Omit<
    PayneteasySimulatorOptions,
    keyof PayneteasyVariantChanges | 'port' | 'host' | 'merchants' | 'onRequest'
  >
>;

/** What concerns the merchant alone, whatever server it is on; the rest is known from the account's settings. */
const login = {
  fundsMinor: z.record(z.string(), minorUnits).optional(),
  cardReferences: z.array(z.string()).optional(),
} satisfies Table<Pick<PayneteasyMerchantOptions, 'fundsMinor' | 'cardReferences'>>;

/** A Payneteasy account's `simulator` block: the simulator's own options. */
export const payneteasyBlock = defineBlock({ login, variant, server });
