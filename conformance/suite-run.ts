import type { Result } from './result.js';

/** One scenario and what comes of it. */
export interface Row {
  readonly name: string;
  readonly expected: string;
  /** Why it is not what is expected of other providers. */
  readonly different?: string | undefined;
  /** Never rejects. */
  readonly result: Promise<Result>;
}

/** A run under way, whatever it is about. Rows are played at once, as many as the machine bears. */
export interface SuiteRun {
  readonly provider: string;
  /** What the adapter says of itself, as rows of a table. */
  readonly capabilities: readonly (readonly [capability: string, words: string])[];
  readonly groups: readonly { readonly title: string; readonly rows: readonly Row[] }[];
  /** The names of the rows that every variant is played with. */
  readonly shortSet: readonly string[];
  readonly variants: readonly {
    readonly variant: {
      readonly name: string;
      readonly words: string;
      readonly differently?: Readonly<Record<string, { readonly why: string }>> | undefined;
    };
    readonly rows: readonly Row[];
  }[];
  /** Stops what was started; scenarios that are not through break off. */
  stop(): Promise<void>;
}

export interface RunOptions {
  /** Gets the engine's log lines. */
  readonly logFile: string;
  /** An empty PostgreSQL database for the journal. @default one in this process */
  readonly databaseUrl?: string | undefined;
  /** Scenarios at once. @default 32 */
  readonly atOnce?: number | undefined;
  /** Only these scenarios of the main table, and no variants: while one looks for a mistake. */
  readonly only?: RegExp | undefined;
}

export const AT_ONCE = 32;
