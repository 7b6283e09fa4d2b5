/** Dates as the wire has them, in the provider's zone. 8b Disbursement §4. */

/** `2025-03-04 05:06:07`. */
export function dateTime(ms: number, timeZone: string): string {
  return formatOf(timeZone)
    .format(ms)
    .replace(/[\u00a0\u202f]/g, ' ');
}

/** Kept: making one takes far longer than using it, and reading one date tries many. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const [two, four] = ['2-digit', 'numeric'] as const;
  const time = { hour: two, minute: two, second: two, hourCycle: 'h23' } as const;
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone, year: four, month: two, day: two, ...time });
  formats.set(timeZone, made);
  return made;
}

/** `04.03.2025 05:06`. */
export function listTime(ms: number, timeZone: string): string {
  const [date = '', time = ''] = dateTime(ms, timeZone).split(' ');
  return `${date.split('-').reverse().join('.')} ${time.slice(0, 5)}`;
}

/** `2025-03-04 05:06:07` in ms since 1970; undefined for anything else. */
export function readDateTime(text: string, timeZone: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return undefined;
  return inZone(text, timeZone);
}

/** `04.03.2025 05:06` likewise. */
export function readListTime(text: string, timeZone: string): number | undefined {
  const [, day, month, year, time] = /^(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d)$/.exec(text) ?? [];
  return year === undefined ? undefined : inZone(`${year}-${month}-${day} ${time}:00`, timeZone);
}

/** Tries every distance from UTC that a zone may have, in quarters of an hour. */
function inZone(text: string, timeZone: string): number | undefined {
  const asUtc = Date.parse(`${text.replace(' ', 'T')}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  for (let quarters = -56; quarters <= 56; quarters += 1) {
    const ms = asUtc - quarters * 900_000;
    if (dateTime(ms, timeZone) === text) return ms;
  }
  return undefined;
}
