import type { All2payConfig } from './config.js';
import { ROW_INVALID_REQUEST, type ErrorTriple } from './error-lookup.js';
import type { ErrorRow } from './error-table.js';

/**
 * May this refusal mean that the encrypted card's key or time had run out? The document has no words for that, so a
 * 400/98 is judged by `seTokenErrorPattern`, unless its whole text is that of a row about something else
 * (All2pay payouts document §8).
 */
export function isTokenFault(
  { http, code, message = '' }: ErrorTriple,
  row: ErrorRow | undefined,
  { seTokenErrorPattern }: Pick<All2payConfig, 'seTokenErrorPattern'>,
): boolean {
  if (http !== 400 || code !== '98') return false;
  if (typeof row?.text === 'string' && row.row !== ROW_INVALID_REQUEST) return false;
  return new RegExp(seTokenErrorPattern, 'i').test(message.slice(0, 600));
}
