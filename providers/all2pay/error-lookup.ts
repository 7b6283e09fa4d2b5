import type { All2payConfig } from './config.js';
import { ERROR_TABLE, UNAMBIGUOUS, type ErrorRow } from './error-table.js';

/** An error answer as the table sees it (All2pay payouts document §11.2 rule 1). */
export interface ErrorTriple {
  readonly http: number;
  readonly code: string | undefined;
  readonly message: string | undefined;
}

export type ErrorLookup = (triple: ErrorTriple) => ErrorRow | undefined;

export const ROW_INVALID_REQUEST = 7;
export const ROW_NOT_FOUND = 9;
export const ROW_NEVER_REGISTERED = 16;

/** Finds the row of an answer; undefined for a triple that the table does not know: nothing may be concluded. */
export function createErrorLookup({ errorPolicy }: Pick<All2payConfig, 'errorPolicy'>): ErrorLookup {
  const table = ERROR_TABLE.map((row): ErrorRow => {
    const change = errorPolicy.find((policy) => policy.row === row.row);
    if (change === undefined) return row;
    const confirm = !UNAMBIGUOUS.has(pairOf(row)) || (change.confirm ?? row.confirm);
    return { ...row, class: change.class, confirm };
  });
  return ({ http, code, message }) => {
    const pair = table.filter((row) => row.http === http && row.code === (code ?? null));
    const text = normalise(message ?? '');
    const exact = pair.find((row) => typeof row.text === 'string' && same(row.text, text));
    const fitting = exact ?? pair.find((row) => row.text instanceof RegExp && fits(row.text, text));
    return fitting ?? (pair[0] && UNAMBIGUOUS.has(pairOf(pair[0])) ? pair[0] : undefined);
  };
}

/** The document prints blanks as U+2423 in places; case, blanks and a closing full stop carry no meaning. */
export function normalise(text: string): string {
  return text
    .replace(/[\u2423\s]+/gu, ' ')
    .replace(/\u2019/gu, "'")
    .trim()
    .replace(/[.!]$/, '');
}

export function pairOf({ http, code }: Pick<ErrorRow, 'http' | 'code'>): string {
  return `${http}/${code ?? '-'}`;
}

function same(a: string, b: string): boolean {
  return normalise(a).toLowerCase() === b.toLowerCase();
}

function fits(pattern: RegExp, text: string): boolean {
  return text.length <= 600 && new RegExp(pattern.source, 'iu').test(text);
}
