import { z } from 'zod';
import type { PayoutKey } from '../domain/ids.js';
import type { Problem } from '../domain/problem.js';
import { merchantSchema, payoutIdSchema } from './names.js';
import { toProblems } from './problems.js';

const payoutKeySchema = z.object({ merchant: merchantSchema, payoutId: payoutIdSchema });

export type ParsedPayoutKey =
  | { readonly ok: true; readonly key: PayoutKey }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads the two ids that name a payout; other fields of the object are left alone. */
export function parsePayoutKey(input: unknown): ParsedPayoutKey {
  const result = payoutKeySchema.safeParse(input);
  return result.success ? { ok: true, key: result.data } : { ok: false, problems: toProblems(result.error) };
}
