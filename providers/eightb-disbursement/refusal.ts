import type { UnmappedAnswer } from '../registration.js';
import { DEFAULT_ERROR_RULES, errorRuleOf, type ErrorClass, type ErrorRule } from './error-rules.js';
import type { EightbConfig } from './config.js';
import { httpClassOf } from './http-classes.js';
import { wordsOf, type Reading } from './reading.js';

/** An answer that is an error, by its text (8b Disbursement §7) or its HTTP status (§6). */
export interface Refusal {
  readonly class: ErrorClass;
  readonly outcome: ErrorRule['outcome'];
  readonly code: string;
  readonly message: string;
}

type Call = UnmappedAnswer['call'];

/** An error in words; one that nobody documented is ambiguous, and counted. */
export function refusalOfText(text: string, call: Call, reading: Reading): Refusal {
  const message = wordsOf(text, reading, 'An error without words');
  const rule = ruleOf(text, reading.config);
  if (rule !== undefined) return { class: rule.class, outcome: rule.outcome, code: rule.code, message };
  reading.onUnmapped({ call, what: 'error', http: 200, code: 'error', words: message });
  return { class: 'AMBIGUOUS', outcome: 'refused', code: 'error', message };
}

export function refusalOfStatus(status: number, call: Call, { config, onUnmapped }: Reading): Refusal {
  const known = httpClassOf(status, config);
  const code = `http_${status}`;
  const message = `HTTP ${status}`;
  if (known === undefined) onUnmapped({ call, what: 'error', http: status, code });
  return { class: known ?? 'AMBIGUOUS', outcome: 'refused', code, message };
}

/** The account's own rules come first. */
export function ruleOf(
  text: string,
  { errorRules }: Pick<EightbConfig, 'errorRules'>,
): ErrorRule | undefined {
  return errorRuleOf(errorRules, text) ?? errorRuleOf(DEFAULT_ERROR_RULES, text);
}
