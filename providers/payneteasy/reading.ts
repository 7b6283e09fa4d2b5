import type { OrderId } from '../../domain/ids.js';
import type { Money } from '../../domain/money.js';
import type { Progress, Unknown } from '../../domain/provider-answer.js';
import type { UnmappedAnswer } from '../registration.js';
import type { PayneteasyConfig } from './config.js';
import { cleanWords } from '../clean-words.js';
import { plainCode } from './words.js';

/** What the interpreters know beside the answer itself. */
export interface Reading {
  readonly config: PayneteasyConfig;
  /** Values that must not come back in a message. */
  readonly confidential: readonly string[];
  readonly now: () => number;
  readonly onUnmapped: (seen: Omit<UnmappedAnswer, 'account' | 'protocol'>) => void;
}

/** The order as we sent it. */
export interface Expected {
  readonly orderId: OrderId;
  readonly amount: Money;
  readonly providerOrderId?: string | undefined;
  /** ISO 8601. */
  readonly acceptedAt: string;
}

/** The same, about one payout. */
export interface PayoutReading extends Reading {
  readonly expected: Expected;
}

export function unknown(code: string, message: string): Unknown {
  return { kind: 'unknown', code, message };
}

export function contradiction(code: string, message: string): Progress {
  return { kind: 'contradiction', code, message };
}

/** The provider's words, fit to be kept; `otherwise` when there are none. */
export function wordsOf(text: string | undefined, reading: Reading, otherwise: string): string {
  return (text && cleanWords(text, reading.confidential)) || otherwise;
}

/** A code of the provider, bounded: it becomes part of records and metrics. */
export function shortCode(code: string, reading: Reading): string {
  const plain = plainCode(code, reading.confidential);
  return plain === undefined || plain.length > 32 || /\d{6}/.test(plain) ? 'unreadable_code' : plain;
}

/** `paynet-order-id`, if it can be one: it goes back to the provider in later calls. */
export function orderIdOf(paynetOrderId: string | undefined, reading: Reading): string | undefined {
  const plain = plainCode(paynetOrderId, reading.confidential);
  return plain !== undefined && /^\d{1,20}$/.test(plain) ? plain : undefined;
}
