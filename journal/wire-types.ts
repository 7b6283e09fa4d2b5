/** PostgreSQL's `bigint`, as the amounts are stored: a safe number, or an error instead of a rounded one. */
function parseBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is no safe integer`);
  return value;
}

/** `2026-08-22 10:00:00.123+00` as ISO 8601. */
export function parseTimestamp(text: string): string {
  return new Date(text).toISOString();
}

/** How both drivers read what they would read differently, by the type's number in PostgreSQL's catalogue. */
export const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  20: parseBigint,
  1184: parseTimestamp,
};
