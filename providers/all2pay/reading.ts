import type { Unknown } from '../../domain/provider-answer.js';
import type { UnmappedAnswer } from '../registration.js';
import type { All2payConfig } from './config.js';
import type { Expected } from './consistency.js';
import type { ErrorLookup } from './error-lookup.js';
import { cleanWords } from '../clean-words.js';

/** What the interpreters know beside the answer itself. */
export interface Reading {
  readonly config: All2payConfig;
  readonly lookup: ErrorLookup;
  /** Values that must not come back in a message. */
  readonly confidential: readonly string[];
  readonly now: () => number;
  readonly onUnmapped: (seen: Omit<UnmappedAnswer, 'account' | 'protocol'>) => void;
}

/** The same, about one payout. */
export interface PayoutReading extends Reading {
  readonly expected: Expected;
  /** The card went encrypted: some refusals may speak of the token alone (All2pay payouts document §8). */
  readonly sentToken?: boolean | undefined;
}

export function unknown(code: string, message: string): Unknown {
  return { kind: 'unknown', code, message };
}

/** The provider's words, fit to be kept; `otherwise` when there are none. */
export function wordsOf(text: string | undefined, reading: Reading, otherwise: string): string {
  return (text && cleanWords(text, reading.confidential)) || otherwise;
}

/** A code of the provider, bounded: it becomes part of records and metrics. */
export function shortCode(code: string): string {
  return /^[\w.-]{1,32}$/.test(code) && !/\d{6}/.test(code) ? code : 'unreadable_code';
}
