const UNITS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
] as const;

/** How long ago that was, in the largest unit that fits: `3 d`, `17 min`. */
export function ageOf(since: string, now: number): string {
  const ms = Math.max(0, now - Date.parse(since));
  const [size, unit] = UNITS.find(([long]) => ms >= long) ?? [1_000, 's'];
  return `${Math.floor(ms / size)} ${unit}`;
}
