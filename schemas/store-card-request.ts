import { z } from 'zod';
import type { Problem } from '../domain/problem.js';
import type { SealedStoreCardRequest, StoreCardRequest } from '../domain/stored-card.js';
import { clearCardToStoreSchema, sealedCardToStoreSchema } from './card-to-store.js';
import { fault } from './fault.js';
import { accountSchema, merchantSchema, storedCardIdSchema } from './names.js';
import { toProblems } from './problems.js';
import { returnUrlsSchema } from './request-parts.js';
import { purposeSchema } from './stored-card.js';
import { strict } from './strict.js';
import { text } from './text.js';

const REMEDY = 'Give an object with merchant, storedCardId, account, purpose, ownerId and card.';

/** In the order in which problems are told. */
const head = {
  merchant: merchantSchema,
  storedCardId: storedCardIdSchema,
  account: accountSchema,
  purpose: purposeSchema,
  ownerId: text({
    description: "Your id of the card's owner at the provider (All2pay: clientId).",
    remedy: "Give your id of the card's owner in at most 255 characters.",
    max: 255,
    example: 'client-9',
  }),
};
const tail = { returnUrls: returnUrlsSchema.optional() };

/** Whoever pays to a card has no use for its CVV: what nobody needs is not taken. */
function refuseNeedlessCvv(request: unknown, context: z.core.$RefinementCtx): void {
  const { purpose, card } = (request ?? {}) as { purpose?: unknown; card?: object };
  if (purpose !== 'destination' || typeof card !== 'object' || card === null) return;
  const field = ['cvv', 'cvvSecretId'].find((name) => name in card);
  if (field === undefined) return;
  const message = fault(
    'does not go with the purpose destination',
    'Leave it out: only a source card has one.',
  );
  context.addIssue({ code: 'custom', path: ['card', field], message });
}

/** Even where another field is bad, so that all problems are told at once. */
const ALWAYS = { when: () => true };

/** A card to be stored, by its number. */
export const storeCardRequestSchema = strict(
  { ...head, card: clearCardToStoreSchema, ...tail },
  REMEDY,
).superRefine(refuseNeedlessCvv, ALWAYS);

/** The same with the card sealed: the only form that leaves the caller's process. */
export const sealedStoreCardRequestSchema = strict(
  { ...head, card: sealedCardToStoreSchema, ...tail },
  REMEDY,
).superRefine(refuseNeedlessCvv, ALWAYS);

/** The HTTP API's body: a merchant's key already says which merchant it is. */
export const storeCardBodySchema = z
  .union([
    bodyOf(clearCardToStoreSchema).meta({ title: 'StoreCardRequest' }),
    bodyOf(sealedCardToStoreSchema).meta({ title: 'SealedStoreCardRequest' }),
  ])
  .meta({
    id: 'StoreCardRequest',
    description: 'Which card to have stored, by which account, for what.',
    examples: [
      {
        storedCardId: 'card-77',
        account: 'all2pay-main',
        purpose: 'destination',
        ownerId: 'client-9',
        card: { number: '2200000000000004' },
      },
    ],
  });

function bodyOf<C extends typeof clearCardToStoreSchema | typeof sealedCardToStoreSchema>(card: C) {
  return strict({ ...head, merchant: merchantSchema.optional(), card, ...tail }, REMEDY);
}

/** A request as a caller writes it: plain strings, the card by its number or already sealed. */
export type StoreCardRequestInput =
  z.input<typeof storeCardRequestSchema> | z.input<typeof sealedStoreCardRequestSchema>;

export type ParsedStoreCardRequest =
  | { readonly ok: true; readonly request: StoreCardRequest | SealedStoreCardRequest }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Checks a request of unknown shape. Never throws, never repeats a card number or a CVV. */
export function parseStoreCardRequest(input: unknown): ParsedStoreCardRequest {
  const schema = hasSealedCard(input) ? sealedStoreCardRequestSchema : storeCardRequestSchema;
  const result = schema.safeParse(input);
  return result.success
    ? { ok: true, request: result.data }
    : { ok: false, problems: toProblems(result.error) };
}

function hasSealedCard(input: unknown): boolean {
  if (typeof input !== 'object' || input === null || !('card' in input)) return false;
  const { card } = input;
  return typeof card === 'object' && card !== null && 'sealed' in card;
}
