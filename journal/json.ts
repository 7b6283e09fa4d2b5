import { isDeepStrictEqual } from 'node:util';

/**
 * JSON that PostgreSQL certainly takes. Its `jsonb` refuses U+0000 and lone surrogates, which a provider's words may
 * hold; an answer about money must not be lost for them, so they are replaced.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? storable(part) : part));
}

/** For a column that may be empty. */
export function toJsonOrNull(value: unknown): string | null {
  return value === undefined ? null : toJson(value);
}

/** The same for a text column. */
export function storable(text: string): string {
  // The way through UTF-8 replaces lone surrogates.
  return Buffer.from(text).toString().replaceAll('\u0000', '\ufffd');
}

/** Equal once stored: key order and absent against undefined make no difference. */
export function sameJson(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(stored(a), stored(b));
}

function stored(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(toJson(value)) as unknown);
}
