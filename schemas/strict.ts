import { z } from 'zod';
import { nearest } from '../domain/did-you-mean.js';
import { fault, kindOf } from './fault.js';

const KNOWN = 'The fields here are: ';

/** An object that refuses fields it does not know, and says which ones it knows. */
export function strict<S extends z.ZodRawShape>(shape: S, remedy: string): z.ZodObject<S, z.core.$strict> {
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code === 'unrecognized_keys')
        return fault('is not a known field', KNOWN + Object.keys(shape).join(', '));
      if (issue.input === undefined) return fault('is missing', remedy);
      return fault(`must be an object, not ${kindOf(issue.input)}`, remedy);
    },
  });
}

/** What to do about one unknown field: the nearest known one, or the list of them. */
export function unknownFieldRemedy(key: string, remedy: string): string {
  const known = remedy.startsWith(KNOWN) ? remedy.slice(KNOWN.length).split(', ') : [];
  const meant = nearest(plain(key), known.map(plain));
  const name = known.find((one) => plain(one) === meant);
  return name === undefined ? `Leave it out. ${remedy}.` : `Did you mean ${name}?`;
}

/** `payout_id` and `payoutID` are `payoutId` to a person. */
function plain(name: string): string {
  return name
    .slice(0, 60)
    .replace(/[^A-Za-z0-9]/g, '')
    .toLowerCase();
}
