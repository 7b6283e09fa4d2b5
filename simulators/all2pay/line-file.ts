/** The simulator's memory on disk: JSON lines, appended synchronously, so that a killed process has lost nothing it answered. */
import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

import type { Binding } from './binding.js';
import type { CardOrder } from './card-order.js';
import type { Order } from './order.js';
import type { SeenRequest } from './request-log.js';

/** One line. An order line is the whole order with its bookings, so that state and money change together. */
export type Line =
  | { readonly kind: 'order'; readonly order: Order }
  | { readonly kind: 'binding'; readonly binding: Binding }
  | { readonly kind: 'card-order'; readonly cardOrder: CardOrder }
  | { readonly kind: 'request'; readonly request: SeenRequest }
  | { readonly kind: 'reset' };

export interface LineFile {
  /** What an earlier process wrote. */
  readonly lines: readonly Line[];
  append(line: Line): void;
  close(): void;
}

export function openLineFile(path: string | undefined): LineFile {
  if (path === undefined) return { lines: [], append: () => undefined, close: () => undefined };
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'a+');
  const bytes = readFileSync(file);
  // A process killed while writing leaves half a line, whose answer never left: it did not happen.
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) ftruncateSync(file, whole);
  const lines = bytes
    .toString('utf8', 0, whole)
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => JSON.parse(text) as Line);
  let open = true;
  return {
    lines,
    append: (line) => {
      if (!open) throw new Error('The simulator is closed.');
      writeSync(file, `${JSON.stringify(line)}\n`);
    },
    close: () => {
      if (open) closeSync(file);
      open = false;
    },
  };
}
