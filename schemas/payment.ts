import { z } from 'zod';
import { PAYMENT_STATUSES } from '../domain/payment-moves.js';
import { OPERATION_STATUSES } from '../domain/payment-operation.js';
import { TRANSACTION_MOVES, type TransactionStatus } from '../domain/payment-transaction.js';
import { FOR_EVERYONE, merchantField, pageFields } from './commands.js';
import { fault } from './fault.js';
import { accountSchema, currencySchema } from './names.js';
import { pageSchemaOf } from './page.js';
import { actionSchema, eventSchemaOf } from './payout.js';
import { strict } from './strict.js';

const time = (description: string) => z.string().meta({ format: 'date-time', description });
const money = z.object({ minor: z.int().meta({ description: 'In minor units.' }), currency: currencySchema });
const reason = z.object({ code: z.string(), message: z.string() });

export const paymentStatusSchema = z
  .enum(PAYMENT_STATUSES, {
    error: fault('is not a status', `Give one of ${PAYMENT_STATUSES.join(', ')}.`),
  })
  .meta({
    id: 'PaymentStatus',
    description:
      'Final: succeeded, refunded (wholly or in part), cancelled, declined, failed, expired. held: complete or void it. ' +
      'in_review: unknown or contradictory; a person must look.',
  });

const TRANSACTION_STATUSES = Object.keys(TRANSACTION_MOVES) as [TransactionStatus, ...TransactionStatus[]];

const transactionSchema = z
  .object({
    id: z.string().meta({ description: "The provider's id." }),
    status: z.enum(TRANSACTION_STATUSES),
    providerStatus: z.string().meta({ description: "The provider's own word." }),
    amount: money.optional(),
    charged: money
      .optional()
      .meta({ description: 'What was charged, in the currency of the payment system.' }),
    card: z.string().optional().meta({ description: 'Masked.' }),
    message: z.string().optional(),
  })
  .meta({ id: 'PaymentTransaction', description: 'One try of the payer: a payment may have several.' });

export const paymentOperationSchema = z
  .object({
    operationId: z.string(),
    kind: z.enum(['refund', 'void', 'complete']),
    transactionId: z.string(),
    amount: money.optional().meta({ description: 'Absent: all of the transaction.' }),
    status: z.enum(OPERATION_STATUSES).meta({
      description:
        'not_done: it provably did not happen; another operationId may try again. in_review: nobody knows; a person must settle it.',
    }),
    reason: reason.optional(),
    createdAt: time('When it was accepted.'),
    updatedAt: time('When it last changed.'),
  })
  .meta({ id: 'PaymentOperation' });

/** A payment as the HTTP API shows it. */
export const paymentSchema = z
  .object({
    merchant: z.string(),
    paymentId: z.string(),
    account: z.string(),
    provider: z.string().meta({ description: "The provider's protocol." }),
    orderId: z.string().meta({ description: 'Our order id at the provider.' }),
    amount: money,
    purpose: z.enum(['payment', 'card_verification']),
    status: paymentStatusSchema,
    version: z.int().meta({ description: 'Grows with every event.' }),
    action: actionSchema.optional(),
    reason: reason.optional().meta({ description: 'Present unless everything is in order.' }),
    transactions: z.array(transactionSchema),
    refundedMinor: z.int().optional().meta({ description: 'Given back so far, in minor units.' }),
    operations: z.array(paymentOperationSchema),
    hasToken: z
      .boolean()
      .optional()
      .meta({ description: "The payer's card can be charged again: see recurrentOf." }),
    metadata: z.record(z.string(), z.string()).optional(),
    createdAt: time('When the payment was accepted.'),
    updatedAt: time('When it last changed.'),
  })
  .meta({ id: 'Payment' });

export const paymentPageSchema = pageSchemaOf(paymentSchema).meta({ id: 'PaymentPage' });

const paymentEventSchema = eventSchemaOf(
  [
    'accepted',
    'intent',
    'answer',
    'status',
    'correction',
    'contradiction',
    'callback',
    'operation',
    'token',
    'stopped',
    'resolved',
  ],
  paymentStatusSchema,
).meta({ id: 'PaymentEvent' });

export const paymentEventsSchema = z
  .object({ items: z.array(paymentEventSchema) })
  .meta({ id: 'PaymentEvents' });

/** The query of `GET /v1/payments`. */
export const paymentQuerySchema = strict(
  {
    account: accountSchema.optional(),
    status: paymentStatusSchema.optional(),
    merchant: merchantField,
    ...pageFields,
  },
  FOR_EVERYONE,
);
