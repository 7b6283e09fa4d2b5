import { z } from 'zod';
import { PAYOUT_STATUSES } from '../domain/payout-status.js';
import { cardFingerprintSchema } from './card-fingerprint.js';
import { currencySchema } from './names.js';
import { pageSchemaOf } from './page.js';

const time = (description: string): z.ZodString => z.string().meta({ format: 'date-time', description });

const expiresAt = time('When it is too late to act.').optional();

/** Something the recipient must do in a browser before the payout can go on. */
export const actionSchema = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('redirect'), url: z.string(), expiresAt }).meta({
      title: 'Redirect',
      description: "Send the recipient's browser to the URL.",
    }),
    z
      .object({
        type: z.literal('form_post'),
        url: z.string(),
        fields: z.record(z.string(), z.string()),
        expiresAt,
      })
      .meta({ title: 'FormPost', description: "Let the recipient's browser post the fields to the URL." }),
  ])
  .meta({ id: 'Action', description: 'What the recipient must do; present while action_required.' });

export const statusSchema = z.enum(PAYOUT_STATUSES).meta({
  id: 'PayoutStatus',
  description:
    'Final: succeeded, declined, failed (never sent), cancelled, expired. Not final: in_review (unknown or ' +
    'contradictory; do not pay again). Corrections: returned (after succeeded), succeeded (after declined).',
});

/** A payout as the HTTP API shows it. */
export const payoutSchema = z
  .object({
    merchant: z.string(),
    payoutId: z.string(),
    account: z.string(),
    provider: z.string().meta({ description: "The provider's protocol." }),
    orderId: z.string().meta({ description: 'Our order id at the provider.' }),
    amount: z.object({ minor: z.int().meta({ description: 'In minor units.' }), currency: currencySchema }),
    destination: z.string().meta({ description: 'For people; never a readable card number.' }),
    cardFingerprint: cardFingerprintSchema.optional().meta({
      description:
        'Keyed digest of the card number: the same for every payout to that card. Shown to keys for all merchants.',
    }),
    status: statusSchema,
    version: z.int().meta({
      description: 'Grows with every event: of two views of one payout, the higher one is the newer.',
    }),
    action: actionSchema.optional(),
    reason: z
      .object({ code: z.string(), message: z.string() })
      .optional()
      .meta({ description: 'Why the payout is where it is; present unless everything is in order.' }),
    reference: z.string().optional().meta({ description: "The provider's proof of payment." }),
    feeMinor: z.int().optional(),
    batch: z.string().optional(),
    metadata: z.record(z.string(), z.string()).optional(),
    createdAt: time('When the payout was accepted.'),
    updatedAt: time('When it last changed.'),
  })
  .meta({
    id: 'Payout',
    examples: [
      {
        merchant: 'shop',
        payoutId: 'withdrawal-1042',
        account: 'all2pay-main',
        provider: 'all2pay',
        orderId: 'w1042',
        amount: { minor: 10050, currency: 'RUB' },
        destination: 'card 220000******0004',
        status: 'succeeded',
        version: 3,
        reference: '412233445566',
        createdAt: '2026-07-01T09:00:00.000Z',
        updatedAt: '2026-07-01T09:00:02.000Z',
      },
    ],
  });

export const payoutPageSchema = pageSchemaOf(payoutSchema).meta({ id: 'PayoutPage' });

type EventShape<Types extends readonly [string, ...string[]], Status extends z.ZodType> = {
  sequence: z.ZodInt;
  at: z.ZodString;
  type: z.ZodEnum<{ [Type in Types[number]]: Type }>;
  from: z.ZodOptional<Status>;
  to: z.ZodOptional<Status>;
  actor: z.ZodString;
  reason: z.ZodOptional<z.ZodString>;
  data: z.ZodOptional<z.ZodUnknown>;
};

/** One line of a history. */
export function eventSchemaOf<const Types extends readonly [string, ...string[]], Status extends z.ZodType>(
  types: Types,
  status: Status,
): z.ZodObject<EventShape<Types, Status>> {
  return z.object({
    sequence: z.int(),
    at: time('When it happened.'),
    type: z.enum(types),
    from: status.optional(),
    to: status.optional(),
    actor: z.string().meta({
      description: 'Who did it: engine, provider:<account>, key:<id> <name>, cli:<user> or merchant:<id>.',
    }),
    reason: z.string().optional(),
    data: z
      .unknown()
      .optional()
      .meta({
        type: ['object', 'array', 'string', 'number', 'boolean', 'null'],
        description: 'Details of the event, without secrets.',
      }),
  });
}

/** One line of a payout's history. */
export const payoutEventSchema = eventSchemaOf(
  [
    'accepted',
    'intent',
    'answer',
    'status',
    'correction',
    'contradiction',
    'callback',
    'cancel_refused',
    'stopped',
    'resolved',
  ],
  statusSchema,
).meta({ id: 'PayoutEvent' });

export const payoutEventsSchema = z
  .object({ items: z.array(payoutEventSchema) })
  .meta({ id: 'PayoutEvents' });
