import { z } from 'zod';
import { isRegExp } from '../config-checks.js';

/**
 * CONFIG: we are not let in; not registered. FINAL: this payout was not taken. AMBIGUOUS: only `check` tells
 * (8b Disbursement §7).
 */
export type ErrorClass = 'CONFIG' | 'FINAL' | 'AMBIGUOUS';

export const errorRuleSchema = z.strictObject({
  /** For the text after `ERROR:`, case ignored. */
  regex: z.string().min(1).max(300).refine(isRegExp, 'Not a regular expression'),
  class: z.enum(['CONFIG', 'FINAL', 'AMBIGUOUS']),
  /** Ours, for records: `insufficient_funds`. */
  code: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  /** Of a FINAL one: was it the recipient's payout that was declined, or our request that was wrong? */
  outcome: z.enum(['declined', 'refused']).default('refused'),
});

export type ErrorRule = z.output<typeof errorRuleSchema>;

/** §7, all of it assumed: no list of codes is public. The first that fits wins; a text that fits none is ambiguous. */
export const DEFAULT_ERROR_RULES: readonly ErrorRule[] = [
  rule('^invalid hash$', 'CONFIG', 'invalid_hash'),
  rule('^access denied$', 'CONFIG', 'access_denied'),
  rule('^unknown service$', 'CONFIG', 'unknown_service'),
  // About the recipient rather than about us.
  rule(
    '^invalid parameter \\[?(client|phone|receiver_\\w+|card_\\w+)\\]?$',
    'FINAL',
    'invalid_recipient',
    'declined',
  ),
  rule('^invalid parameter \\S+$', 'FINAL', 'invalid_parameter'),
  rule('^unknown destination$', 'FINAL', 'unknown_destination'),
  rule('^currency mismatch$', 'FINAL', 'currency_mismatch'),
  rule('^insufficient funds$', 'FINAL', 'insufficient_funds', 'declined'),
  rule('^duplicate id$', 'AMBIGUOUS', 'duplicate_id'),
  rule('^temporarily unavailable$', 'AMBIGUOUS', 'temporarily_unavailable'),
  rule('^internal error$', 'AMBIGUOUS', 'internal_error'),
];

/** The rule of an error's text; undefined for a text that nobody documented. */
export function errorRuleOf(rules: readonly ErrorRule[], text: string): ErrorRule | undefined {
  const plain = text.replace(/\s+/g, ' ').trim().replace(/[.!]$/, '').slice(0, 300);
  return rules.find(({ regex }) => new RegExp(regex, 'iu').test(plain));
}

function rule(
  regex: string,
  errorClass: ErrorClass,
  code: string,
  outcome: ErrorRule['outcome'] = 'refused',
): ErrorRule {
  return { regex, class: errorClass, code, outcome };
}
