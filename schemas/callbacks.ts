import { z } from 'zod';
import { FOR_EVERYONE, pageFields } from './commands.js';
import { fault } from './fault.js';
import { accountSchema } from './names.js';
import { pageSchemaOf } from './page.js';
import { strict } from './strict.js';

/** What can be listed: `delivered` ones are told of in the histories of their payouts. */
export const LISTED_CALLBACKS = ['orphan', 'late', 'received'] as const;

/** The query of `GET /v1/callbacks`. */
export const callbacksQuerySchema = strict(
  {
    state: z
      .enum(LISTED_CALLBACKS, {
        error: fault('is not a state', `Give one of ${LISTED_CALLBACKS.join(', ')}.`),
      })
      .optional()
      .meta({
        description:
          'orphan: no order of ours. late: came after the end. received: not delivered yet. Default: orphan.',
      }),
    account: accountSchema.optional(),
    ...pageFields,
  },
  FOR_EVERYONE,
);

/** `/v1/callbacks/:id/…` */
export const callbackParamsSchema = z.object({ id: z.string().max(20) });

/** A callback without its body and headers, which may hold personal data. */
export const callbackSchema = z
  .object({
    id: z.string(),
    account: z.string(),
    orderId: z.string(),
    receivedAt: z.string().meta({ format: 'date-time' }),
    state: z.enum(['received', 'delivered', 'late', 'orphan']),
    proof: z
      .string()
      .optional()
      .meta({ description: 'What its signature proves (paid, not_paid …); absent: it is only a hint.' }),
  })
  .meta({ id: 'Callback' });

export const callbackPageSchema = pageSchemaOf(callbackSchema).meta({ id: 'CallbackPage' });

export const retriedSchema = z.object({ retried: z.literal(true) }).meta({ id: 'Retried' });
