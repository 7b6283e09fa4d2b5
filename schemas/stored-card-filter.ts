import type { z } from 'zod';
import type { StoredCardFilter } from '../domain/inquiry.js';
import type { Problem } from '../domain/problem.js';
import { toProblems } from './problems.js';
import { storedCardQuerySchema } from './stored-card.js';

const storedCardFilterSchema = storedCardQuerySchema.omit({ cursor: true, limit: true });

/** Which stored cards, in plain strings. */
export type StoredCardFilterInput = z.input<typeof storedCardFilterSchema>;

export type ParsedStoredCardFilter =
  | { readonly ok: true; readonly filter: StoredCardFilter }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export function parseStoredCardFilter(input: unknown): ParsedStoredCardFilter {
  const result = storedCardFilterSchema.safeParse(input);
  return result.success
    ? { ok: true, filter: result.data }
    : { ok: false, problems: toProblems(result.error) };
}
