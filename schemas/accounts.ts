import { z } from 'zod';
import { sealedSchema } from './card.js';
import { accountSchema, currencySchema } from './names.js';
import { strict } from './strict.js';

/** One thing that an account can do, or cannot. */
const capabilitySchema = z.object({
  name: z.enum([
    'pay_to',
    'pay_from',
    'callbacks',
    'store_cards',
    'balance',
    'statement',
    'registry',
    'take_payments',
    'charge_again',
    'refund',
    'void',
    'complete',
  ]),
  available: z.boolean(),
  words: z.string().meta({ description: 'What it covers; where it is lacking, why and what to do instead.' }),
});

export const accountViewSchema = z
  .object({
    account: z.string(),
    provider: z.string().meta({ description: "The provider's protocol." }),
    currencies: z.array(z.string()),
    capabilities: z.array(capabilitySchema),
  })
  .meta({ id: 'Account' });

export type AccountView = z.output<typeof accountViewSchema>;

export const accountListSchema = z.object({ items: z.array(accountViewSchema) }).meta({ id: 'AccountList' });

/** `/v1/accounts/:account/…` */
export const accountParamsSchema = z.object({ account: accountSchema });

export const pingSchema = z
  .object({
    account: z.string(),
    ok: z.boolean().meta({ description: 'Did the provider answer, and know us?' }),
    words: z.string(),
  })
  .meta({ id: 'Ping' });

export const balanceSchema = z
  .object({
    account: z.string(),
    balances: z.array(
      z.object({
        currency: currencySchema,
        availableMinor: z.int().meta({ description: 'In minor units; below zero where credit is granted.' }),
        reservedMinor: z
          .int()
          .optional()
          .meta({ description: 'Reserved for payouts under way, where the provider says so.' }),
      }),
    ),
    at: z.string().meta({ format: 'date-time', description: 'When the provider was asked.' }),
  })
  .meta({ id: 'Balance' });

const minorSchema = z.int().meta({ description: 'In minor units of the currency.' });

export const statementSchema = z
  .object({
    account: z.string(),
    items: z.array(
      z.object({
        id: z.string().meta({ description: "The provider's id of the movement." }),
        at: z.string().meta({ format: 'date-time' }),
        direction: z.enum(['in', 'out']),
        minor: minorSchema,
        currency: currencySchema,
        comment: z.string().optional(),
        orderId: z.string().optional().meta({ description: 'Our order id, where the line names one.' }),
      }),
    ),
  })
  .meta({ id: 'Statement' });

export const registrySchema = z
  .object({
    account: z.string(),
    items: z.array(
      z.object({
        orderId: z.string(),
        providerOrderId: z.string().optional(),
        createdAt: z.string().meta({ format: 'date-time' }),
        finishedAt: z.string().optional().meta({ format: 'date-time' }),
        minor: minorSchema,
        currency: currencySchema,
        outcome: z.enum(['paid', 'not_paid', 'pending', 'unknown']),
        providerStatus: z.string(),
        destination: z.string().optional().meta({ description: 'Masked.' }),
        error: z.string().optional(),
        feeMinor: minorSchema.optional(),
      }),
    ),
  })
  .meta({ id: 'Registry' });

/** The body of `POST /v1/one-time-secrets`. */
export const oneTimeSecretBodySchema = strict({ sealed: sealedSchema }, 'Give {"sealed": "…"}.').meta({
  id: 'OneTimeSecret',
  description: 'A CVV, sealed to one of the keys at /.well-known/jwks.json and bound to its card.',
});

export const keptSecretSchema = z
  .object({
    id: z.string().meta({ description: 'Give it as card.cvvSecretId.' }),
    expiresInSecs: z.int().meta({ description: 'How long it is kept if it is not used.' }),
  })
  .meta({ id: 'KeptSecret' });
