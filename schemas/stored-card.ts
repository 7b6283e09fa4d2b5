import { z } from 'zod';
import { STORED_CARD_STATUSES } from '../domain/stored-card-status.js';
import type { StoredCardPurpose } from '../domain/stored-card.js';
import { cardFingerprintSchema } from './card-fingerprint.js';
import { FOR_EVERYONE, merchantField, pageFields, reasonField } from './commands.js';
import { fault } from './fault.js';
import { accountSchema, storedCardIdSchema } from './names.js';
import { pageSchemaOf } from './page.js';
import { actionSchema } from './payout.js';
import { strict } from './strict.js';

const PURPOSES = ['destination', 'source'] as const satisfies readonly StoredCardPurpose[];

export const purposeSchema = z
  .enum(PURPOSES, { error: fault('is missing or not a purpose', 'Give destination or source.') })
  .meta({ description: 'destination: to be paid to. source: to take money from.' });

const cardStatusSchema = z
  .enum(STORED_CARD_STATUSES, {
    error: fault('is not a status', `Give one of ${STORED_CARD_STATUSES.join(', ')}.`),
  })
  .meta({
    id: 'StoredCardStatus',
    description:
      'Payouts may name an active card. in_review: the provider never said clearly whether it is stored. removed: out ' +
      'of use here; the provider was not told.',
  });

const time = (description: string) => z.string().meta({ format: 'date-time', description });

/** A stored card as every door shows it. */
export const storedCardViewSchema = z
  .object({
    merchant: z.string(),
    storedCardId: z.string(),
    account: z.string(),
    provider: z.string().meta({ description: "The provider's protocol." }),
    purpose: z.enum(PURPOSES),
    ownerId: z.string(),
    orderId: z.string().meta({ description: 'Our order id of the storing at the provider.' }),
    masked: z.string().meta({ examples: ['220000******0004'] }),
    cardFingerprint: cardFingerprintSchema.optional().meta({
      description: 'Keyed digest of the card number, as payouts to it have. Shown to keys for all merchants.',
    }),
    status: cardStatusSchema,
    version: z.int().meta({ description: 'Grows with every event.' }),
    providerCardId: z
      .string()
      .optional()
      .meta({ description: "The provider's id of the card; present once active." }),
    action: actionSchema.optional(),
    reason: z
      .object({ code: z.string(), message: z.string() })
      .optional()
      .meta({ description: 'Why it is not active.' }),
    createdAt: time('When the request was accepted.'),
    updatedAt: time('When it last changed.'),
  })
  .meta({
    id: 'StoredCardView',
    examples: [
      {
        merchant: 'shop',
        storedCardId: 'card-77',
        account: 'all2pay-main',
        provider: 'all2pay',
        purpose: 'destination',
        ownerId: 'client-9',
        orderId: 'sc4m2v',
        masked: '220000******0004',
        status: 'active',
        version: 3,
        providerCardId: '9a1f0c5e-77b2-4a41-8f0a-5f8f2f7f9e21',
        createdAt: '2026-07-01T09:00:00.000Z',
        updatedAt: '2026-07-01T09:00:01.000Z',
      },
    ],
  });

export const storedCardPageSchema = pageSchemaOf(storedCardViewSchema).meta({ id: 'StoredCardPage' });

/** `/v1/stored-cards/:storedCardId` */
export const storedCardParamsSchema = z.object({ storedCardId: storedCardIdSchema });

/** The query of `DELETE /v1/stored-cards/:storedCardId`. */
export const removeCardQuerySchema = strict(
  { merchant: merchantField, reason: reasonField.optional() },
  FOR_EVERYONE,
);

/** The query of `GET /v1/stored-cards`. */
export const storedCardQuerySchema = strict(
  {
    account: accountSchema.optional(),
    purpose: purposeSchema.optional(),
    status: cardStatusSchema.optional(),
    merchant: merchantField,
    ...pageFields,
  },
  FOR_EVERYONE,
);
