/** The test cards. 8b.world /pay §10. */
import type { Card } from './order.js';

export const TEST_CARDS: readonly string[] = ['4111111111111111', '5555555555555599'];

/** What a card verification code makes of a payment. */
export type Outcome = 'success' | 'challenge' | 'failure' | 'uncertain' | 'stays';

export const OUTCOMES: Readonly<Record<string, Outcome>> = {
  123: 'success',
  333: 'challenge',
  222: 'failure',
  888: 'uncertain',
  '000': 'stays',
};

export interface TypedCard {
  readonly number: string;
  /** `MM/YY`. */
  readonly expiry: string;
  readonly cvv: string;
  readonly holder?: string | undefined;
}

/** The card and what becomes of it; undefined where something is mistyped. */
export function readCard(
  { number, expiry, cvv, holder = 'TEST HOLDER' }: TypedCard,
  now: number,
): { readonly card: Card; readonly outcome: Outcome } | undefined {
  const digits = number.replace(/[\s-]/g, '');
  const outcome = Object.hasOwn(OUTCOMES, cvv) ? OUTCOMES[cvv] : undefined;
  if (!TEST_CARDS.includes(digits) || !isFuture(expiry, now) || outcome === undefined) return undefined;
  return { card: { pan6: digits.slice(0, 6), pan4: digits.slice(-4), holder: holder.slice(0, 60) }, outcome };
}

function isFuture(expiry: string, now: number): boolean {
  const [, month, year] = /^(0[1-9]|1[0-2])\s*\/\s*(\d{2})$/.exec(expiry.trim()) ?? [];
  return month !== undefined && Date.UTC(2000 + Number(year), Number(month), 1) > now;
}

/** A charge by token has no code: `amount % 1000` decides. */
export function recurrentOutcome(minor: number): Outcome {
  if (minor % 1000 === 222) return 'failure';
  return minor % 1000 === 888 ? 'uncertain' : 'success';
}

/** `amount % 1000 = 777`: a hold that cannot be released (status 7). */
export function releaseFails(minor: number): boolean {
  return minor % 1000 === 777;
}
