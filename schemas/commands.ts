import { z } from 'zod';
import { PAYOUT_STATUSES } from '../domain/payout-status.js';
import { cardFingerprintSchema } from './card-fingerprint.js';
import { fault, wrongKind } from './fault.js';
import { accountSchema, merchantSchema, payoutIdSchema } from './names.js';
import { payoutSchema } from './payout.js';
import { batchSchema } from './request-parts.js';
import { strict } from './strict.js';
import { timeSchema } from './time.js';
import { text } from './text.js';
import { VERDICTS } from '../domain/verdict.js';

export const FOR_EVERYONE = 'Give an object with the fields of this request.';

/** Needed with a key that acts for all merchants. */
export const merchantField = merchantSchema.optional();

export const reasonField = text({
  description: 'Why: written to the history.',
  remedy: 'Say why in at most 500 characters.',
  max: 500,
  example: 'The customer asked for it',
});

/** `/v1/payouts/:payoutId` */
export const payoutParamsSchema = z.object({ payoutId: payoutIdSchema });
export const merchantQuerySchema = strict({ merchant: merchantField }, FOR_EVERYONE);

export const cancelBodySchema = strict(
  { reason: reasonField.optional(), merchant: merchantField },
  FOR_EVERYONE,
)
  .default({})
  .meta({ id: 'Cancel', examples: [{ reason: 'The customer asked for it' }] });

export const resolveBodySchema = strict(
  {
    verdict: z
      .enum(VERDICTS, { error: fault('is missing or not a verdict', 'Give paid, not_paid or ask_again.') })
      .meta({
        description:
          'paid, not_paid: what a person found out at the provider. ask_again: one more status query.',
      }),
    reason: reasonField,
    merchant: merchantField,
  },
  FOR_EVERYONE,
).meta({ id: 'Resolve', examples: [{ verdict: 'paid', reason: 'Seen on the statement of 1 July' }] });

const CORRECTIONS = ['returned', 'succeeded'] as const;

export const correctBodySchema = strict(
  {
    to: z
      .enum(CORRECTIONS, { error: fault('is missing or not a correction', 'Give returned or succeeded.') })
      .meta({ description: 'returned: of a succeeded payout. succeeded: of a declined one.' }),
    reason: reasonField,
    merchant: merchantField,
  },
  FOR_EVERYONE,
).meta({ id: 'Correct', examples: [{ to: 'returned', reason: 'Came back on the statement of 3 July' }] });

export const cancelledSchema = z
  .object({ cancelled: z.literal(true), payout: payoutSchema })
  .meta({ id: 'Cancelled' });
export const resolvedSchema = z
  .object({ resolved: z.literal(true), payout: payoutSchema })
  .meta({ id: 'Resolved' });
export const correctedSchema = z
  .object({ corrected: z.literal(true), payout: payoutSchema })
  .meta({ id: 'Corrected' });

export const MAX_PAGE = 200;
const LIMIT = `Give a whole number from 1 to ${MAX_PAGE}.`;

/** Of every list. */
export const pageFields = {
  cursor: z
    .string({ error: wrongKind('text', 'Give nextCursor of the page before.') })
    .max(1000, { error: fault('is not a cursor', 'Give nextCursor of the page before.') })
    .optional()
    .meta({ description: 'nextCursor of the page before.' }),
  limit: z
    .string({ error: wrongKind('a number', LIMIT) })
    .refine((value) => /^\d{1,3}$/.test(value) && Number(value) >= 1 && Number(value) <= MAX_PAGE, {
      error: fault(`is not a whole number from 1 to ${MAX_PAGE}`, LIMIT),
    })
    .transform(Number)
    .meta({
      type: 'integer',
      minimum: 1,
      maximum: MAX_PAGE,
      description: 'Items on a page; 50 when left out.',
    })
    .optional(),
};

/** The query of `GET /v1/payouts`. */
export const listQuerySchema = strict(
  {
    status: z
      .enum(PAYOUT_STATUSES, {
        error: fault('is not a status', `Give one of ${PAYOUT_STATUSES.join(', ')}.`),
      })
      .optional(),
    account: accountSchema.optional(),
    batch: batchSchema.optional(),
    cardFingerprint: cardFingerprintSchema
      .optional()
      .meta({ description: 'To this card, as a payout names it.' }),
    createdFrom: timeSchema('Created at or after.').optional(),
    createdTo: timeSchema('Created before.').optional(),
    merchant: merchantField,
    ...pageFields,
  },
  FOR_EVERYONE,
);
