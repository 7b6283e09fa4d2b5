import { z } from 'zod';
import type { StoredCardKey } from '../domain/ids.js';
import type { Problem } from '../domain/problem.js';
import { merchantSchema, storedCardIdSchema } from './names.js';
import { toProblems } from './problems.js';

const storedCardKeySchema = z.object({ merchant: merchantSchema, storedCardId: storedCardIdSchema });

export type ParsedStoredCardKey =
  | { readonly ok: true; readonly key: StoredCardKey }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads the two ids that name a stored card; other fields of the object are left alone. */
export function parseStoredCardKey(input: unknown): ParsedStoredCardKey {
  const result = storedCardKeySchema.safeParse(input);
  return result.success ? { ok: true, key: result.data } : { ok: false, problems: toProblems(result.error) };
}
