/** 1: the thing asked failed. 2: bad input or usage. 3: the engine cannot be reached. 4: the provider cannot do this. */
export const EXIT = { failed: 1, usage: 2, unreachable: 3, lacking: 4, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An error whose message is for the person at the terminal: what is wrong and what to do, one line per problem. */
export class CliError extends Error {
  override readonly name = 'CliError';
  constructor(
    readonly exitCode: ExitCode,
    readonly lines: string | readonly string[],
    options?: ErrorOptions,
  ) {
    super(typeof lines === 'string' ? lines : lines.join('\n'), options);
  }
}

export function usageError(...lines: readonly string[]): CliError {
  return new CliError(EXIT.usage, lines);
}
