import { z } from 'zod';
import type { PaymentOperationRequest } from '../domain/payment-operation.js';
import type { Problem } from '../domain/problem.js';
import { FOR_EVERYONE, merchantField, reasonField } from './commands.js';
import { fault } from './fault.js';
import { amountSchema } from './money.js';
import { merchantSchema, operationIdSchema, paymentIdSchema } from './names.js';
import { paymentOperationSchema, paymentSchema } from './payment.js';
import { toProblems } from './problems.js';
import { strict } from './strict.js';
import { text } from './text.js';

const transactionIdSchema = text({
  description: 'Needed only where several transactions of the payment could be meant.',
  remedy: 'Give the id of one of the transactions of the payment, or leave it out.',
  max: 255,
  refuseCardNumbers: false,
}).optional();

/** The bodies of `POST /v1/payments/:paymentId/{refund,void,complete}`. */
export const refundBodySchema = strict(
  {
    operationId: operationIdSchema,
    amount: amountSchema.optional().meta({ description: 'Left out: all that was not given back yet.' }),
    transactionId: transactionIdSchema,
    reason: reasonField.optional(),
    merchant: merchantField,
  },
  'Give an object with operationId.',
).meta({
  id: 'Refund',
  examples: [
    { operationId: 'refund-1', amount: { minor: 1000, currency: 'USD' }, reason: 'The goods came back' },
  ],
});

export const holdBodySchema = strict(
  {
    operationId: operationIdSchema,
    transactionId: transactionIdSchema,
    reason: reasonField.optional(),
    merchant: merchantField,
  },
  'Give an object with operationId.',
).meta({ id: 'OperationOnHold', examples: [{ operationId: 'complete-1' }] });

/** The body of `POST /v1/payments/:paymentId/operations/:operationId/settle`. */
export const settleBodySchema = strict(
  {
    verdict: z
      .enum(['done', 'not_done'], { error: fault('is missing or not a verdict', 'Give done or not_done.') })
      .meta({ description: 'What a person found out at the provider.' }),
    reason: reasonField,
    merchant: merchantField,
  },
  FOR_EVERYONE,
).meta({ id: 'Settle', examples: [{ verdict: 'done', reason: 'Seen in the portal on 1 July' }] });

export const operatedSchema = z
  .object({ operation: paymentOperationSchema, payment: paymentSchema })
  .meta({ id: 'OperatedPayment', description: 'The operation, and the payment as it then stands.' });

export const paymentParamsSchema = z.object({ paymentId: paymentIdSchema });
export const operationParamsSchema = z.object({ paymentId: paymentIdSchema, operationId: operationIdSchema });

const KINDS = ['refund', 'void', 'complete'] as const;

const operationRequestSchema = strict(
  {
    merchant: merchantSchema,
    paymentId: paymentIdSchema,
    operationId: operationIdSchema,
    kind: z.enum(KINDS, { error: fault('is not an operation', `Give one of ${KINDS.join(', ')}.`) }),
    amount: amountSchema.optional(),
    transactionId: transactionIdSchema,
  },
  'Give an object with merchant, paymentId, operationId and kind.',
);

export type ParsedOperation =
  | { readonly ok: true; readonly request: PaymentOperationRequest }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Checks an operation of unknown shape, its kind told apart. Never throws. */
export function parsePaymentOperation(input: unknown): ParsedOperation {
  const result = operationRequestSchema.safeParse(input);
  return result.success
    ? { ok: true, request: result.data }
    : { ok: false, problems: toProblems(result.error) };
}
