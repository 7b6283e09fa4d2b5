import type { Command } from 'commander';

/** A provider may take its time, and a long span is asked for in pieces. */
export const PROVIDER_PATIENCE_MS = 100_000;

const DAY_MS = 24 * 60 * 60 * 1000;

export interface SpanOptions {
  readonly from?: string;
  readonly to?: string;
  readonly json?: true;
  readonly csv?: true;
}

/** The options of every command that lists by time. */
export function withSpan(command: Command): Command {
  return command
    .option('--from <time>', 'at or after this time (ISO 8601); a day before --to when left out')
    .option('--to <time>', 'before this time; now when left out')
    .option('--json', 'one JSON object: account and items; amounts in minor units')
    .option('--csv', 'for a spreadsheet');
}

/** What is no time goes as it is: the gateway says what is wrong with it. */
export function spanOf(
  { from, to }: SpanOptions,
  nowMs: number,
): { readonly from: string; readonly to: string } {
  const end = to ?? new Date(nowMs).toISOString();
  const endMs = Date.parse(end);
  const dayBefore = Number.isNaN(endMs) ? end : new Date(endMs - DAY_MS).toISOString();
  return { from: from ?? dayBefore, to: end };
}
