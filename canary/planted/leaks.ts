import { fileURLToPath } from 'node:url';
import { productCommand } from '../../chaos/stage/built.js';
import type { EngineCommand } from '../../chaos/stage/start-stage.js';
import type { Mark } from '../marks.js';
import { leaksIn, type Searched } from '../search.js';

/** Leaks that can be planted, to see that the search finds them: what they tell, and where that must be seen. */
const LEAKS = {
  log: { secrecy: 'card', place: /^worker.*\.log$/ },
  error: { secrecy: 'credential', place: /^journal: every row$/ },
  'search-attribute': { secrecy: 'card', place: /^Temporal: histories/ },
} as const satisfies Record<string, { secrecy: Mark['secrecy']; place: RegExp }>;

export type Leak = keyof typeof LEAKS;

/** @throws if a name in the list, which commas part, is none of a leak. */
export function readLeaks(list: string | undefined): readonly Leak[] {
  const names = list?.split(',') ?? [];
  for (const name of names) {
    if (!Object.hasOwn(LEAKS, name))
      throw new Error(`--plant ${name}: use one or several of ${Object.keys(LEAKS).join(',')}`);
  }
  return names as Leak[];
}

/** What Node runs: the product's own command, or a worker that tells. */
export function commandWith(planted: readonly Leak[], command: EngineCommand): readonly string[] {
  const told = planted.filter((leak) => leak !== 'search-attribute');
  if (command === 'gateway' || told.length === 0) return productCommand(command);
  return ['--import', 'tsx', fileURLToPath(new URL('worker.ts', import.meta.url)), ...told];
}

export function isSeen(leak: Leak, results: readonly Searched[]): boolean {
  const { secrecy, place } = LEAKS[leak];
  return results.some(
    (result) => place.test(result.place.name) && leaksIn(result).some((mark) => mark.secrecy === secrecy),
  );
}
