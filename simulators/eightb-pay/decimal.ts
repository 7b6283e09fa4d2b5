/** Amounts: minor units within, decimals on the wire alone. 8b.world /pay §4.1 `10.2`. */

/** `32778` as `327.78`; every currency here has two decimals. */
export function toDecimal(minor: number): string {
  const digits = String(minor).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A positive number or text with at most two decimals and eight digits before them; undefined for anything else. */
export function toMinor(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const [, whole, fraction = ''] = /^(\d{1,8})(?:\.(\d{1,2}))?$/.exec(String(value)) ?? [];
  if (whole === undefined) return undefined;
  const minor = Number(whole + fraction.padEnd(2, '0'));
  return minor > 0 ? minor : undefined;
}
