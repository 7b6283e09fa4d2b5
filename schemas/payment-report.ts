import { z } from 'zod';
import { REPORT_VERDICTS } from '../domain/payment-report.js';

const TRANSACTION_STATUSES = [
  ...(['started', 'held', 'released', 'paid', 'refunded', 'release_failed'] as const),
  ...(['uncertain', 'expired', 'failed', 'unmapped'] as const),
] as const;

const sideSchema = z.object({
  status: z.enum(TRANSACTION_STATUSES),
  minor: z.int().optional().meta({ description: 'What was charged, in minor units of the currency.' }),
  currency: z.string().optional(),
});

/** `GET /v1/accounts/:account/payment-report`. */
export const paymentReportSchema = z
  .object({
    account: z.string(),
    items: z.array(
      z.object({
        verdict: z.enum(REPORT_VERDICTS).meta({
          description:
            'differs: see differences. unknown_to_us: the journal has no such transaction. missing_at_provider: the ' +
            'report has not what the journal has.',
        }),
        transactionId: z.string(),
        orderId: z.string(),
        createdAt: z
          .string()
          .optional()
          .meta({ format: 'date-time', description: 'Of the transaction, at the provider.' }),
        merchant: z.string().optional(),
        paymentId: z.string().optional(),
        reported: sideSchema.optional().meta({ description: "In the provider's report." }),
        recorded: sideSchema.optional().meta({ description: 'In the journal.' }),
        differences: z.array(z.string()).meta({ description: 'In words.' }),
      }),
    ),
  })
  .meta({ id: 'PaymentReport' });
