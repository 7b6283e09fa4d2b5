import type { Page } from './port.js';

/** The longest page, so that one request cannot ask for everything. */
const MAX_LIMIT = 1000;

export function pageSize(limit: number): number {
  return Math.min(Math.max(1, Math.trunc(limit)), MAX_LIMIT);
}

/** @param found one more than the page holds, if there are that many: it tells whether there is a next page */
export function pageOf<T>(found: readonly T[], size: number, cursorAfter: (last: T) => string): Page<T> {
  const items = found.slice(0, size);
  const last = items.at(-1);
  return found.length > size && last !== undefined ? { items, nextCursor: cursorAfter(last) } : { items };
}
