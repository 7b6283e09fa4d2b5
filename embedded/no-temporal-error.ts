export interface TriedWay {
  readonly way: string;
  readonly why: string;
}

const REMEDY =
  'Any one of these helps: start a Temporal server and set TEMPORAL_ADDRESS=host:port; install the Temporal CLI ' +
  '(docs.temporal.io/cli) and put it on PATH or name it by TEMPORAL_CLI_PATH; connect this machine to the internet; ' +
  'or install Go (go.dev), by which we build it.';

/** Thrown when there is no Temporal server to use and none to start. */
export class NoTemporalError extends Error {
  override readonly name = 'NoTemporalError';

  constructor(
    readonly tried: readonly TriedWay[],
    remedy: string = REMEDY,
  ) {
    const lines = tried.map(({ way, why }, index) => `  ${index + 1}. ${way}: ${why}`);
    super(
      ['There is no Temporal server to use and none to start. Tried, in this order:', ...lines, remedy].join(
        '\n',
      ),
    );
  }
}
