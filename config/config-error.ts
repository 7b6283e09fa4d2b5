/** One thing that is wrong with the configuration, in words for the person who must mend it. */
export interface ConfigProblem {
  /** Where: `accounts.yaml:7 accounts.acme-a2p.provider`, or the name of an environment variable. */
  readonly where: string;
  readonly problem: string;
  readonly remedy: string;
}

/** Thrown when the configuration cannot be used. Holds every problem at once, not only the first. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly ConfigProblem[]) {
    super(problems.map(({ where, problem, remedy }) => `${where}: ${problem}. ${remedy}`).join('\n'));
  }
}
