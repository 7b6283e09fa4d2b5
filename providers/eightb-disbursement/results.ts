import type { EightbConfig } from './config.js';

/** What a `<result>` says of a payout. */
export type ResultMeaning = 'accepted' | 'pending' | 'paid' | 'not_paid' | 'not_found';

/**
 * Exact tokens (8b Disbursement §5.1, §5.2). In the answer to `payout`, all but `OK` tell of an operation that was
 * there before; a token that stands in one table alone means nothing in the other.
 */
export const PAYOUT_RESULTS: Readonly<Record<string, ResultMeaning>> = {
  OK: 'accepted',
  PROCESSING: 'pending',
  PAID: 'paid',
  NOT_PAID: 'not_paid',
};

export const CHECK_RESULTS: Readonly<Record<string, ResultMeaning>> = {
  PROCESSING: 'pending',
  PAID: 'paid',
  NOT_PAID: 'not_paid',
  'NOT FOUND': 'not_found',
};

export type Result =
  | { readonly kind: 'known'; readonly meaning: ResultMeaning; readonly token: string }
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'unmapped'; readonly token: string };

/** A token of the table, else `ERROR` with its text (colon and blanks optional, §5.1), else nothing that we know. */
export function readResult(
  given: string,
  table: Readonly<Record<string, ResultMeaning>>,
  { resultTokens }: Pick<EightbConfig, 'resultTokens'>,
): Result {
  const token = given.trim();
  // Written in either way and any case (§5.2).
  const name = /^not[ _]found$/i.test(token) ? 'NOT FOUND' : token;
  const own = Object.hasOwn(resultTokens, name) ? resultTokens[name] : undefined;
  const meaning = own ?? (Object.hasOwn(table, name) ? table[name] : undefined);
  if (meaning !== undefined) return { kind: 'known', meaning, token: name };
  if (token.startsWith('ERROR')) return { kind: 'error', text: token.slice(5).replace(/^\s*:?\s*/, '') };
  return { kind: 'unmapped', token };
}
