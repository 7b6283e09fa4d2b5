import { z } from 'zod';
import { MAX_MINOR, isPayableMinor } from '../domain/money.js';
import { fault, wrongKind } from './fault.js';
import { currencySchema } from './names.js';
import { strict } from './strict.js';

const MINOR = 'Give a whole number of minor units (kopecks, cents), not text: 10050 for 100.50.';

const minorSchema = z
  .number({ error: wrongKind('a whole number of minor units', MINOR) })
  .superRefine((minor, context) => {
    if (isPayableMinor(minor)) return;
    context.addIssue({ code: 'custom', message: fault(wrongWith(minor), MINOR) });
  })
  .meta({
    type: 'integer',
    minimum: 1,
    maximum: MAX_MINOR,
    description: 'The amount in minor units (kopecks, cents): 10050 is 100.50.',
    examples: [10050],
  });

function wrongWith(minor: number): string {
  if (!Number.isInteger(minor)) return 'is a fraction, not a whole number of minor units';
  if (minor === 0) return 'is zero';
  if (minor < 0) return 'is negative';
  return `is more than ${MAX_MINOR} minor units`;
}

/** An amount that can be paid: a whole number of minor units and its currency. */
export const amountSchema = strict(
  { minor: minorSchema, currency: currencySchema },
  'Give {"minor": 10050, "currency": "RUB"} for 100.50 RUB.',
);
