/**
 * Times on the provider's wire (8b Disbursement §4): `YYYY-MM-DD HH:MM:SS` in payouts, checks and callbacks,
 * `dd.MM.yyyy HH:mm` in statements and registries, both in the provider's zone.
 */

interface Wall {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

const DATE_TIME =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[ T](?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)$/;
const LIST_TIME =
  /^(?<day>\d\d)\.(?<month>\d\d)\.(?<year>\d{4}) (?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d))?$/;

/** `2025-03-04 05:06:07`. */
export function wireDateTime(ms: number, zone: string): string {
  const { year, month, day, hour, minute, second } = wallOf(ms, zone);
  return `${year}-${month}-${day} ${hour}:${minute}:${second}`;
}

/** `04.03.2025 05:06`: the minute that the time falls in. */
export function wireListTime(ms: number, zone: string): string {
  const { year, month, day, hour, minute } = wallOf(ms, zone);
  return `${day}.${month}.${year} ${hour}:${minute}`;
}

/** Either form, in ms since 1970; undefined for what is no time of the provider's zone. */
export function readWireTime(text: string, zone: string): number | undefined {
  const wall = (DATE_TIME.exec(text) ?? LIST_TIME.exec(text))?.groups;
  if (wall === undefined) return undefined;
  const { year, month, day, hour, minute, second = '00' } = wall;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const asUtc = Date.parse(`${iso}Z`);
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(asUtc) || !new Date(asUtc).toISOString().startsWith(iso)) return undefined;
  // The zone's distance from UTC may change within the day: look it up once more at the first guess.
  const guess = asUtc - distance(asUtc, zone);
  const exact = asUtc - distance(guess, zone);
  return sameWall(exact, asUtc, zone) ? exact : sameWall(guess, asUtc, zone) ? guess : undefined;
}

export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** How far the zone's clocks are ahead of UTC at this time, in ms. */
function distance(ms: number, zone: string): number {
  return wallAsUtc(ms, zone) - Math.floor(ms / 1000) * 1000;
}

function sameWall(ms: number, asUtc: number, zone: string): boolean {
  return wallAsUtc(ms, zone) === asUtc;
}

function wallAsUtc(ms: number, zone: string): number {
  const { year, month, day, hour, minute, second } = wallOf(ms, zone);
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function wallOf(ms: number, zone: string): Wall {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes, digits = 2): string =>
    (parts.get(type) ?? '').padStart(digits, '0');
  return {
    year: of('year', 4),
    month: of('month'),
    day: of('day'),
    hour: of('hour'),
    minute: of('minute'),
    second: of('second'),
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, made);
  return made;
}
