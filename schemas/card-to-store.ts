import { z } from 'zod';
import { cardNumberSchema, maskedSchema, sealedSchema } from './card.js';
import { fault, wrongKind } from './fault.js';
import { strict } from './strict.js';
import { text } from './text.js';

const REMEDY = 'Give {"number": "2200000000000004"} and what else the provider wants of the card.';
const EXPIRY = 'Give {"month": 12, "year": 2030}.';

/** Form only: whether a card has expired is a question to a clock, and to the provider. */
function expiryPart(which: string, min: number, max: number): z.ZodNumber {
  const remedy = `Give the ${which} as a number from ${min} to ${max}.`;
  return z
    .number({ error: wrongKind('a number', remedy) })
    .superRefine((value, context) => {
      if (Number.isInteger(value) && value >= min && value <= max) return;
      context.addIssue({ code: 'custom', message: fault(`is no ${which} of ${min} to ${max}`, remedy) });
    })
    .meta({ type: 'integer', minimum: min, maximum: max });
}

const expirySchema = strict(
  { month: expiryPart('month', 1, 12), year: expiryPart('year', 2000, 2099) },
  EXPIRY,
).meta({
  description: "The end of the card's life, as printed on it.",
  examples: [{ month: 12, year: 2030 }],
});

const CVV = 'Give the three or four digits as they stand on the card.';

export const cvvSchema = text({
  description: 'Needed for a source card: kept sealed until its one use, for minutes at most, and then gone.',
  remedy: CVV,
  max: 40,
  check: (cvv) => (/^\d{3,4}$/.test(cvv) ? undefined : fault('is not a CVV of three or four digits', CVV)),
}).meta({ pattern: '^\\d{3,4}$', minLength: 3, maxLength: 4, writeOnly: true });

/** A card to be stored, by its number. */
export const clearCardToStoreSchema = strict(
  {
    number: cardNumberSchema,
    expiry: expirySchema.optional(),
    holder: text({
      description: 'The name on the card.',
      remedy: 'Give the name on the card in at most 100 characters, or leave it out.',
      max: 100,
      example: 'ANNA PETROVA',
    }).optional(),
    cvv: cvvSchema.optional(),
  },
  REMEDY,
).meta({ title: 'CardToStore', description: 'A card by its number.' });

export const oneTimeSecretIdSchema = text({
  description: 'The id of the one-time secret that holds the sealed CVV: see POST /v1/one-time-secrets.',
  remedy: 'Give the id that POST /v1/one-time-secrets answered with.',
  max: 100,
  pattern: /^[\w-]+$/,
  shape: 'is not the id of a one-time secret',
  refuseCardNumbers: false,
});

/** A card to be stored, sealed by the caller: number, expiry and holder in one JWE. */
export const sealedCardToStoreSchema = strict(
  { sealed: sealedSchema, masked: maskedSchema, cvvSecretId: oneTimeSecretIdSchema.optional() },
  'Give {"sealed": "…", "masked": "220000******0004"}.',
).meta({ title: 'SealedCardToStore', description: 'A card that the caller sealed itself.' });
