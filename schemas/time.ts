import { z } from 'zod';
import { fault, wrongKind } from './fault.js';

const TIME = 'Give an ISO 8601 time with its zone: 2026-07-01T00:00:00Z.';

export function timeSchema(description: string): z.ZodType<string, string> {
  return z.iso
    .datetime({
      offset: true,
      error: ({ input }) =>
        typeof input === 'string' ? fault('is not a time', TIME) : wrongKind('a time', TIME)({ input }),
    })
    .transform((value) => new Date(value).toISOString())
    .meta({ description, examples: ['2026-07-01T00:00:00Z'] });
}
