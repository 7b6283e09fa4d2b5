import { z } from 'zod';

/** `/v1/notices/:id/…` */
export const noticeParamsSchema = z.object({ id: z.string().max(20) });

export const noticesSchema = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['review_entered', 'review_left', 'correction', 'contradiction']),
        subject: z.enum(['payout', 'payment']),
        merchant: z.string(),
        subjectId: z.string().meta({ description: "The payout's or payment's id." }),
        at: z.string().meta({ format: 'date-time' }),
        state: z.enum(['waiting', 'dead']).meta({ description: 'dead: given up after more than a day.' }),
        tries: z.int(),
        lastError: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'Notices', description: 'What the operators’ endpoint was not told yet.' });
