import { z } from 'zod';
import type { SealingKeys } from '../secrets/sealing-keys.js';

const SHAPE = 'is not a JWKS with at least one key';

const keySet = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      // Not the parser's own words: they quote the text, which may be a private key.
      context.addIssue('is not JSON');
      return z.NEVER;
    }
  })
  .pipe(
    z.object({ keys: z.array(z.looseObject({ kty: z.string(SHAPE) }, SHAPE), SHAPE).min(1, SHAPE) }, SHAPE),
  )
  .transform((keys) => keys as unknown as SealingKeys);

/** The workers' half of the card-sealing keys: every key can open. */
export const privateKeys = keySet.refine(
  ({ keys }) => keys.every((key) => typeof key.d === 'string'),
  'holds a key without its private part ("d")',
);

/** The clients' half: refused if it would hand out what opens the cards. */
export const publicKeys = keySet.refine(
  ({ keys }) => keys.every((key) => key.d === undefined),
  'holds a private key, which no client may have',
);
