import { z } from 'zod';
import { FOR_EVERYONE, merchantField, pageFields } from './commands.js';
import { fault } from './fault.js';
import { accountSchema } from './names.js';
import { pageSchemaOf } from './page.js';
import { payoutEventSchema, payoutSchema } from './payout.js';
import { strict } from './strict.js';

const time = (description: string): z.ZodString => z.string().meta({ format: 'date-time', description });

/** The query of `GET /v1/reviews`. */
export const reviewsQuerySchema = strict(
  { account: accountSchema.optional(), merchant: merchantField, ...pageFields },
  FOR_EVERYONE,
);

export const reviewSchema = z
  .object({ since: time('When it came into review.'), payout: payoutSchema })
  .meta({ id: 'Review', description: 'A payout that waits for a person.' });

export const reviewPageSchema = pageSchemaOf(reviewSchema).meta({ id: 'ReviewPage' });

/** The query of `GET /v1/payouts/:payoutId/evidence`. */
export const evidenceQuerySchema = strict(
  {
    ask: z
      .enum(['true', 'false'], {
        error: fault('is neither true nor false', 'Give ask=true or leave it out.'),
      })
      .transform((word) => word === 'true')
      .optional()
      .meta({ description: 'Ask the provider how the payout stands now. Changes nothing.' }),
    merchant: merchantField,
  },
  FOR_EVERYONE,
);

/** What a provider said, for a person. */
export const toldSchema = z
  .object({
    kind: z.string().meta({ examples: ['unknown', 'pending', 'paid', 'not_paid', 'not_found'] }),
    class: z.string().optional(),
    code: z.string().optional(),
    message: z.string().optional(),
    detail: z.string().optional(),
    reference: z.string().optional(),
  })
  .meta({ id: 'Told', description: 'What a provider said.' });

export const evidenceSchema = z
  .object({
    payout: payoutSchema,
    since: time('When it came into review; absent where it is not there.').optional(),
    attempts: z
      .array(
        z.object({
          number: z.int(),
          step: z.enum(['register', 'execute']),
          sentAt: time('When the intent to send was written down, right before it left.'),
          answeredAt: time('Absent: no answer, or lost with its worker.').optional(),
          answer: toldSchema.optional(),
          notFoundAnswers: z.int().meta({
            description: 'How often in a row the provider has said since that it knows no such order.',
          }),
        }),
      )
      .meta({ description: 'Each request that could move money.' }),
    callbacks: z.array(
      z.object({
        id: z.string(),
        receivedAt: time('When it came in.'),
        state: z.enum(['received', 'delivered', 'late', 'orphan']),
        proof: z
          .string()
          .optional()
          .meta({ description: 'What its signature proves (paid, not_paid …); absent: it is only a hint.' }),
      }),
    ),
    notes: z.array(payoutEventSchema).meta({
      description: 'How it came into review, what contradicted it, and what people decided before.',
    }),
    provider: z
      .discriminatedUnion('kind', [
        z.object({
          kind: z.literal('told'),
          at: time('When it was asked.'),
          told: toldSchema,
        }),
        z.object({ kind: z.literal('not_reached'), at: time('When it was asked.'), why: z.string() }),
      ])
      .optional()
      .meta({ description: 'What the provider says now; absent where it was not asked.' }),
  })
  .meta({ id: 'Evidence', description: 'What a person needs to decide about a payout.' });

export type Evidence = z.output<typeof evidenceSchema>;
