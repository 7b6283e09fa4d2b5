/**
 * A moment as the provider writes it: `YYYY-MM-DD HH:MM` in the shop's time zone (8b.world /pay §4.1, §4.3; which zone
 * is an open question, §11.5).
 */
export function localMinute(ms: number, timeZone: string): string {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  );
  const { year = '', month = '', day = '', hour = '', minute = '' } = parts;
  return `${year.padStart(4, '0')}-${month}-${day} ${hour}:${minute}`;
}

export function isTimeZone(timeZone: string): boolean {
  try {
    formatOf(timeZone);
    return true;
  } catch {
    return false;
  }
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const two = '2-digit';
  return new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, calendar: 'gregory', hourCycle: 'h23', year: 'numeric' },
    ...{ month: two, day: two, hour: two, minute: two },
  });
}
