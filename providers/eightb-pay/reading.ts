import type { Unknown } from '../../domain/provider-answer.js';
import type { UnmappedAnswer } from '../registration.js';
import type { EightbPayConfig } from './config.js';
import { cleanWords } from '../clean-words.js';

/** What the interpreters know beside the answer itself. */
export interface Reading {
  readonly config: EightbPayConfig;
  /** Values that must not come back in a message. */
  readonly confidential: readonly string[];
  readonly onUnmapped: (seen: Omit<UnmappedAnswer, 'account' | 'protocol'>) => void;
}

export function unknown(code: string, message: string): Unknown {
  return { kind: 'unknown', code, message };
}

/** The provider's words, fit to be kept; `otherwise` when there are none. */
export function wordsOf(
  text: string | undefined,
  reading: Pick<Reading, 'confidential'>,
  otherwise: string,
): string {
  return (text && cleanWords(text, reading.confidential)) || otherwise;
}
