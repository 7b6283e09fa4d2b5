/** Where a Temporal server, or a binary to start one, may be found. `config/temporal-search.ts` reads it. */
export interface TemporalSearch {
  /** TEMPORAL_ADDRESS: a server that runs already, so that no binary is needed. */
  readonly address?: string | undefined;
  /** TEMPORAL_CLI_PATH: the binary to use, and no other. */
  readonly cliPath?: string | undefined;
  /** The folders of PATH. */
  readonly searchPath: readonly string[];
  /** Ours, outside of the checkout: `$XDG_CACHE_HOME/payout-engine`, or `~/.cache/payout-engine`. */
  readonly cacheDir: string;
  /** The environment of a child process: ours with additions. A function, so that no log shows it by chance. */
  readonly childEnv: (additions: Readonly<Record<string, string>>) => NodeJS.ProcessEnv;
}
