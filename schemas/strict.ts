import { z } from 'zod';
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
  const [nearest] = known
    .map((name) => ({ name, steps: distance(plain(key), plain(name)) }))
    .filter(({ name, steps }) => steps <= Math.max(1, Math.floor(name.length / 3)))
    .sort((a, b) => a.steps - b.steps);
  return nearest === undefined ? `Leave it out. ${remedy}.` : `Did you mean ${nearest.name}?`;
}

/** `payout_id` and `payoutID` are `payoutId` to a person. */
function plain(name: string): string {
  return name
    .slice(0, 60)
    .replace(/[^A-Za-z0-9]/g, '')
    .toLowerCase();
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
