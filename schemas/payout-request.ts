import { z } from 'zod';
import type { PayoutRequest, SealedPayoutRequest } from '../domain/payout-request.js';
import type { Problem } from '../domain/problem.js';
import { clearDestinationSchema, sealedDestinationSchema, storedCardSchema } from './destination.js';
import { fault } from './fault.js';
import { amountSchema } from './money.js';
import { accountSchema, merchantSchema, orderIdSchema, payoutIdSchema } from './names.js';
import { toProblems } from './problems.js';
import {
  batchSchema,
  descriptionSchema,
  metadataSchema,
  providerFieldsSchema,
  recipientSchema,
  returnUrlsSchema,
} from './request-parts.js';
import { strict } from './strict.js';

const REMEDY = 'Give an object with merchant, payoutId, account, amount and destination.';

/** The fields of every request, in the order in which problems are told. */
const head = {
  merchant: merchantSchema,
  payoutId: payoutIdSchema,
  account: accountSchema,
  amount: amountSchema,
};
const tail = {
  source: storedCardSchema.optional(),
  recipient: recipientSchema.optional(),
  description: descriptionSchema.optional(),
  returnUrls: returnUrlsSchema.optional(),
  providerFields: providerFieldsSchema.optional(),
  orderId: orderIdSchema.optional(),
  batch: batchSchema.optional(),
  metadata: metadataSchema.optional(),
};

/** Even where another field is bad, so that all problems are told at once. */
const ALWAYS = { when: () => true };

/** A hosted page has to send the browser somewhere. */
function needsReturnUrls(request: unknown, context: z.core.$RefinementCtx): void {
  const { destination, returnUrls } = (request ?? {}) as {
    destination?: { type?: unknown };
    returnUrls?: unknown;
  };
  if (destination?.type !== 'hosted_page' || returnUrls !== undefined) return;
  const message = fault('is missing', 'A hosted_page destination needs {"success": "https://…"}.');
  context.addIssue({ code: 'custom', path: ['returnUrls'], message });
}

/** What a caller asks for, the card by its number. */
export const payoutRequestSchema = strict(
  { ...head, destination: clearDestinationSchema, ...tail },
  REMEDY,
).superRefine(needsReturnUrls, ALWAYS);

/** The same with the card sealed: the only form that leaves the caller's process. */
export const sealedPayoutRequestSchema = strict(
  { ...head, destination: sealedDestinationSchema, ...tail },
  REMEDY,
).superRefine(needsReturnUrls, ALWAYS);

/** The HTTP API's body: a merchant's key already says which merchant it is. */
export const payoutBodySchema = z
  .union([
    bodyOf(clearDestinationSchema).meta({ title: 'PayoutRequest' }),
    bodyOf(sealedDestinationSchema).meta({ title: 'SealedPayoutRequest' }),
  ])
  .meta({
    id: 'PayoutRequest',
    description: 'What to pay, to whom, through which account.',
    examples: [
      {
        payoutId: 'withdrawal-1042',
        account: 'all2pay-main',
        amount: { minor: 10050, currency: 'RUB' },
        destination: { type: 'card', number: '2200000000000004' },
        recipient: { firstName: 'Anna', lastName: 'Petrova' },
        returnUrls: { success: 'https://shop.example/payout/done' },
        metadata: { ticket: 'T-1042' },
      },
    ],
  });

function bodyOf<D extends typeof clearDestinationSchema | typeof sealedDestinationSchema>(destination: D) {
  return strict({ ...head, merchant: merchantSchema.optional(), destination, ...tail }, REMEDY);
}

/** A request as a caller writes it: plain strings, the card by its number or already sealed. */
export type PayoutRequestInput =
  z.input<typeof payoutRequestSchema> | z.input<typeof sealedPayoutRequestSchema>;

export type ParsedPayoutRequest =
  | { readonly ok: true; readonly request: PayoutRequest | SealedPayoutRequest }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Checks a request of unknown shape; `isSealedRequest` tells the two good forms apart. Never throws, never repeats a
 * card number.
 *
 * @example
 * const parsed = parsePayoutRequest(JSON.parse(text));
 * if (!parsed.ok) throw new PayoutInvalidError(parsed.problems);
 */
export function parsePayoutRequest(input: unknown): ParsedPayoutRequest {
  const schema = hasSealedCard(input) ? sealedPayoutRequestSchema : payoutRequestSchema;
  const result = schema.safeParse(input);
  return result.success
    ? { ok: true, request: result.data }
    : { ok: false, problems: toProblems(result.error) };
}

/** True for every request without a readable card number: it can leave the process as it is. */
export function isSealedRequest(
  request: PayoutRequest | SealedPayoutRequest,
): request is SealedPayoutRequest {
  return !('number' in request.destination);
}

function hasSealedCard(input: unknown): boolean {
  if (typeof input !== 'object' || input === null || !('destination' in input)) return false;
  const { destination } = input;
  return typeof destination === 'object' && destination !== null && 'sealed' in destination;
}
