import { z } from 'zod';
import type { CrashPoint } from './watch.js';

/** Begins a line by which a worker tells a point. */
export const POINT_MARK = 'crash-point ';

const point = z.object({ name: z.string(), occurrence: z.number() });

/** The points in a worker's words, in their order. */
export function toldPoints(words: string): readonly CrashPoint[] {
  return words
    .split('\n')
    .filter((line) => line.startsWith(POINT_MARK))
    .map((line) => point.parse(JSON.parse(line.slice(POINT_MARK.length))));
}
