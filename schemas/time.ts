import { z } from 'zod';
import { fault, wrongKind } from './fault.js';

/** What the database can keep, and what sorts as text. */
const EARLIEST_YEAR = 1970;
const LATEST_YEAR = 9999;
const TIME = 'Give an ISO 8601 time with its zone: 2026-07-01T00:00:00Z.';

export function timeSchema(description: string): z.ZodType<string, string> {
  return z.iso
    .datetime({
      offset: true,
      error: ({ input }) =>
        typeof input === 'string' ? fault('is not a time', TIME) : wrongKind('a time', TIME)({ input }),
    })
    .transform((value, context) => {
      const time = new Date(value);
      const year = time.getUTCFullYear();
      if (year >= EARLIEST_YEAR && year <= LATEST_YEAR) return time.toISOString();
      const message = fault(`lies outside the years ${EARLIEST_YEAR} to ${LATEST_YEAR}`, TIME);
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    })
    .meta({ description, examples: ['2026-07-01T00:00:00Z'] });
}
