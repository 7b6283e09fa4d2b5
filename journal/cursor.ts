import { MERCHANT_PATTERN, PAYOUT_ID_PATTERN } from '../domain/ids.js';
import { InvalidCursorError } from './errors.js';

/** Where a page ended: the next one begins right below, whatever is inserted meanwhile. */
export interface Place {
  readonly createdAt: string;
  readonly merchant: string;
  readonly payoutId: string;
}

const VERSION = 1;

export function cursorAfter({ createdAt, merchant, payoutId }: Place): string {
  return Buffer.from(JSON.stringify([VERSION, createdAt, merchant, payoutId])).toString('base64url');
}

/** @throws InvalidCursorError */
export function placeOf(cursor: string): Place {
  const [version, createdAt, merchant, payoutId, ...rest] = partsOf(cursor);
  if (version !== VERSION || rest.length > 0 || !isInstant(createdAt)) throw new InvalidCursorError();
  if (!isId(merchant, MERCHANT_PATTERN) || !isId(payoutId, PAYOUT_ID_PATTERN)) throw new InvalidCursorError();
  const place = { createdAt, merchant, payoutId };
  // Only the very text that was given out: base64url reads leniently.
  if (cursorAfter(place) !== cursor) throw new InvalidCursorError();
  return place;
}

function partsOf(cursor: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}

function isInstant(text: unknown): text is string {
  return (
    typeof text === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) &&
    !Number.isNaN(Date.parse(text))
  );
}

function isId(text: unknown, pattern: RegExp): text is string {
  return typeof text === 'string' && pattern.test(text);
}
