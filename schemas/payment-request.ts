import { z } from 'zod';
import type { PaymentRequest } from '../domain/payment.js';
import type { Problem } from '../domain/problem.js';
import { fault } from './fault.js';
import { amountSchema } from './money.js';
import { accountSchema, merchantSchema, orderIdSchema, paymentIdSchema } from './names.js';
import { toProblems } from './problems.js';
import {
  descriptionSchema,
  metadataSchema,
  emailSchema,
  providerFieldsSchema,
  returnUrlsSchema,
} from './request-parts.js';
import { timeSchema } from './time.js';
import { strict } from './strict.js';
import { text } from './text.js';

const REMEDY =
  'Give an object with merchant, paymentId, account, amount, description, payer, returnUrls and expiresAt.';
const LANGUAGE = 'Give two small letters: en.';

export const PAYMENT_PURPOSES = ['payment', 'card_verification'] as const;

const payerSchema = strict(
  {
    email: emailSchema,
    id: text({
      description: 'Your id of the person.',
      remedy: 'Give your id of the person in at most 255 characters, or leave it out.',
      max: 255,
    }).optional(),
    ip: text({
      description: "The address of the payer's device, IPv4 or IPv6.",
      remedy: 'Give an IPv4 or IPv6 address, or leave it out.',
      max: 45,
      pattern: /^[0-9A-Fa-f.:]+$/,
      shape: 'is not an IP address',
      refuseCardNumbers: false,
      example: '192.0.2.17',
    }).optional(),
  },
  'Give an object with email.',
).meta({ description: 'Who pays.' });

const fields = {
  merchant: merchantSchema,
  paymentId: paymentIdSchema,
  account: accountSchema,
  amount: amountSchema,
  purpose: z
    .enum(PAYMENT_PURPOSES, { error: fault('is not a purpose', 'Give payment or card_verification.') })
    .default('payment')
    .meta({ description: 'card_verification: held and released again, where the provider can do that.' }),
  description: descriptionSchema,
  payer: payerSchema,
  language: text({
    description: "Of the provider's page.",
    remedy: LANGUAGE,
    max: 2,
    pattern: /^[a-z]{2}$/,
    shape: 'is not a language of two letters',
    example: 'en',
  }).default('en'),
  returnUrls: returnUrlsSchema,
  expiresAt: timeSchema('Until when the order can be paid.'),
  keepCard: z
    .boolean({ error: fault('must be true or false', 'Give true or false, or leave it out.') })
    .optional()
    .meta({ description: 'Ask for a token, so that the payer can be charged again.' }),
  recurrentOf: paymentIdSchema.optional().meta({
    description:
      'Charge the card of that earlier payment, with no page: an id with the same merchant and account, kept by keepCard.',
  }),
  providerFields: providerFieldsSchema.optional(),
  orderId: orderIdSchema.optional(),
  metadata: metadataSchema.optional(),
};

/** Money in: what is asked for. */
export const paymentRequestSchema = strict(fields, REMEDY);

/** The HTTP API's body: a merchant's key already says which merchant it is. */
export const paymentBodySchema = strict({ ...fields, merchant: merchantSchema.optional() }, REMEDY).meta({
  id: 'PaymentRequest',
  description: 'What to take, from whom, through which account.',
  examples: [
    {
      paymentId: 'order-1042',
      account: 'eightb-main',
      amount: { minor: 32778, currency: 'USD' },
      description: 'Order 1042',
      payer: { email: 'anna@shop.example' },
      returnUrls: { success: 'https://shop.example/paid' },
      expiresAt: '2030-01-01T00:00:00Z',
    },
  ],
});

/** A request as a caller writes it: plain strings. */
export type PaymentRequestInput = z.input<typeof paymentRequestSchema>;

export type ParsedPaymentRequest =
  | { readonly ok: true; readonly request: PaymentRequest }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Checks a request of unknown shape. Never throws. */
export function parsePaymentRequest(input: unknown): ParsedPaymentRequest {
  const result = paymentRequestSchema.safeParse(input);
  return result.success
    ? { ok: true, request: result.data }
    : { ok: false, problems: toProblems(result.error) };
}
