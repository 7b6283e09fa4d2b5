import { z } from 'zod';
import { paymentOperationSchema, paymentSchema } from './payment.js';
import { payoutSchema } from './payout.js';
import { storedCardViewSchema } from './stored-card.js';

/** What is wrong with one field of a request. */
export const problemSchema = z
  .object({
    field: z.string().meta({ description: 'A path into the request.', examples: ['amount.minor'] }),
    problem: z.string().meta({ examples: ['is zero'] }),
    remedy: z.string().meta({ examples: ['Give a whole number of minor units (kopecks, cents).'] }),
  })
  .meta({ id: 'Problem' });

/** An error as `application/problem+json` (RFC 9457). */
export const problemDetailsSchema = z
  .object({
    type: z.string().meta({
      description: 'The kind of error; compare by this.',
      examples: ['urn:payout-engine:problem:invalid'],
    }),
    title: z.string().meta({ examples: ['The request cannot be accepted as it is'] }),
    status: z.int().meta({ examples: [422] }),
    detail: z.string(),
    instance: z.string().meta({ description: 'This occurrence; the same id stands in the log.' }),
    problems: z.array(problemSchema).optional().meta({ description: 'With 422: one for each bad field.' }),
    original: payoutSchema
      .optional()
      .meta({ description: 'With 409 conflict: the payout that holds the id.' }),
    originalCard: storedCardViewSchema
      .optional()
      .meta({ description: 'With 409 conflict: the stored card that holds the id.' }),
    originalPayment: paymentSchema
      .optional()
      .meta({ description: 'With 409 conflict: the payment that holds the id.' }),
    originalOperation: paymentOperationSchema
      .optional()
      .meta({ description: 'With 409 conflict: the operation that holds the id.' }),
    payment: paymentSchema
      .optional()
      .meta({ description: 'With 409 not-resolved: the payment as it stands.' }),
    payout: payoutSchema.optional().meta({
      description: 'With 409 not-cancelled, not-resolved and not-corrected: the payout as it stands.',
    }),
  })
  .meta({ id: 'ProblemDetails', description: 'RFC 9457.' });

export type ProblemDetails = z.output<typeof problemDetailsSchema>;
