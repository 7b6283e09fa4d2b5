import type { NotPaid, Progress, Unknown } from '../../domain/provider-answer.js';
import type { OrderId } from '../../domain/ids.js';
import type { UnmappedAnswer } from '../registration.js';
import type { EightbConfig } from './config.js';
import { cleanWords } from '../clean-words.js';

/** What the interpreters know beside the answer itself. */
export interface Reading {
  readonly config: EightbConfig;
  /** Values that must not come back in a message. */
  readonly confidential: readonly string[];
  readonly onUnmapped: (seen: Omit<UnmappedAnswer, 'account' | 'protocol'>) => void;
}

/** The same, about one payout. */
export interface PayoutReading extends Reading {
  readonly orderId: OrderId;
}

export function unknown(code: string, message: string): Unknown {
  return { kind: 'unknown', code, message };
}

export function notPaid(kind: NotPaid['class'], code: string, message: string): NotPaid {
  return { kind: 'not_paid', class: kind, code, message };
}

export function anotherOrder(): Progress {
  return { kind: 'contradiction', code: 'answer_mismatch', message: 'The answer is about another order id' };
}

/** The provider's words, fit to be kept; `otherwise` when there are none. */
export function wordsOf(text: string | undefined, { confidential }: Reading, otherwise: string): string {
  return (text && cleanWords(text, confidential)) || otherwise;
}

/** A word of the provider as a code, bounded: it becomes part of records and metrics. */
export function shortCode(code: string, { confidential }: Reading): string {
  const isPlain = /^[\w .-]{1,32}$/.test(code) && !/\d{6}/.test(code);
  return isPlain && cleanWords(code, confidential) === code ? code : 'unreadable_code';
}
