import { z } from 'zod';
import type { PayloadKeys } from '../secrets/payload-keys.js';
import type { SealingKeys } from '../secrets/sealing-keys.js';

const SHAPE = 'is not a JWKS with at least one key';

/** A set of keys as JSON has it; the first is the one in use. */
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
  );

const sealingKeys = keySet.transform((keys) => keys as unknown as SealingKeys);

/** The workers' half of the card-sealing keys: every key can open. */
export const privateKeys = sealingKeys.refine(
  ({ keys }) => keys.every((key) => typeof key.d === 'string'),
  'holds a key without its private part ("d")',
);

/** The clients' half: refused if it would hand out what opens the cards. */
export const publicKeys = sealingKeys.refine(
  ({ keys }) => keys.every((key) => key.d === undefined),
  'holds a private key, which no client may have',
);

/** What Temporal's payloads are encrypted with. */
export const payloadKeys = keySet
  .transform((keys) => keys as unknown as PayloadKeys)
  .refine(
    ({ keys }) => keys.every(({ kty, k }) => kty === 'oct' && bytesOf(k) === 32),
    'holds a key that is not one of 256 bits ("kty":"oct", and "k" as base64url)',
  )
  .refine(
    ({ keys }) => keys.every(({ kid }) => typeof kid === 'string' && /^[\w-]{1,64}$/.test(kid)),
    'holds a key without an id ("kid") of letters, digits, _ and -',
  )
  .refine(
    ({ keys }) => new Set(keys.map(({ kid }) => kid)).size === keys.length,
    'holds two keys of one id ("kid")',
  );

function bytesOf(base64url: unknown): number {
  return typeof base64url === 'string' ? Buffer.from(base64url, 'base64url').length : 0;
}
