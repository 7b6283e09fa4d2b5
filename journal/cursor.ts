import {
  MERCHANT_PATTERN,
  PAYMENT_ID_PATTERN,
  PAYOUT_ID_PATTERN,
  STORED_CARD_ID_PATTERN,
} from '../domain/ids.js';
import { InvalidCursorError } from './errors.js';

/** Where a page ended: the next one begins right below, whatever is inserted meanwhile. */
export interface Place {
  readonly createdAt: string;
  readonly merchant: string;
  /** Of the payout, stored card or payment. */
  readonly id: string;
}

/** One list's cursors. The mark tells them from another list's, and this form of them from a later one. */
export interface CursorKind {
  readonly mark: string | number;
  readonly idPattern: RegExp;
}

export const PAYOUT_CURSOR: CursorKind = { mark: 1, idPattern: PAYOUT_ID_PATTERN };
export const STORED_CARD_CURSOR: CursorKind = { mark: 'card-1', idPattern: STORED_CARD_ID_PATTERN };
/** Of the payouts in review: their time is when they came into it. */
export const REVIEW_CURSOR: CursorKind = { mark: 'review-1', idPattern: PAYOUT_ID_PATTERN };
/** Of callbacks: by when they came, with their account in the merchant's place. */
export const CALLBACK_CURSOR: CursorKind = { mark: 'callback-1', idPattern: /^\d{1,15}$/ };
/** Of who did what: by the history that tells it, in the merchant's place. */
export const AUDIT_CURSOR: CursorKind = { mark: 'audit-1', idPattern: /^[A-Za-z0-9._/-]{1,160}$/ };
export const PAYMENT_CURSOR: CursorKind = { mark: 'payment-1', idPattern: PAYMENT_ID_PATTERN };

export function cursorAfter({ mark }: CursorKind, { createdAt, merchant, id }: Place): string {
  return Buffer.from(JSON.stringify([mark, createdAt, merchant, id])).toString('base64url');
}

/** @throws InvalidCursorError */
export function placeOf(kind: CursorKind, cursor: string): Place {
  const [mark, createdAt, merchant, id, ...rest] = partsOf(cursor);
  if (mark !== kind.mark || rest.length > 0 || !isInstant(createdAt)) throw new InvalidCursorError();
  if (!isId(merchant, MERCHANT_PATTERN) || !isId(id, kind.idPattern)) throw new InvalidCursorError();
  const place = { createdAt, merchant, id };
  // Only the very text that was given out: base64url reads leniently.
  if (cursorAfter(kind, place) !== cursor) throw new InvalidCursorError();
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
