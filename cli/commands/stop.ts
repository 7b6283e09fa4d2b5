import { Command } from 'commander';
import type { z } from 'zod';
import { STOP_HOLDS_WITHIN_MS } from '../../domain/stop.js';
import { madeStopSchema } from '../../schemas/stops.js';
import { globalsOf, teach, type Cli } from '../cli.js';
import { CliError, EXIT } from '../cli-error.js';
import { commandName } from '../command-name.js';
import { findEngine } from '../context.js';
import { callGateway } from '../gateway-api.js';
import { printJson, printLine } from '../io.js';
import { madeBy, nameOf } from '../stops/print-stop.js';
import { ONE_OF, scopeIn, withScope, type ScopeOptions } from '../stops/scope-options.js';

type Made = z.output<typeof madeStopSchema>;

interface StopOptions extends ScopeOptions {
  readonly reason: string;
  readonly json?: true;
}

export function stopCommand({ io, env }: Cli): Command {
  const command = withScope(new Command('stop'))
    .description(
      'Send nothing new that could move money. What is on its way is heard out; what was not sent waits. ' +
        'Needs the role operate; works while Temporal is down.',
    )
    .requiredOption('--reason <words>', 'why; stands with the stop and with all that waits for it')
    .option('--json', 'the answer as one JSON object')
    .action(async ({ reason, json, ...options }: StopOptions) => {
      const scope = scopeIn(options);
      if (!scope) throw new CliError(EXIT.usage, `say what to stop: one of ${ONE_OF}.`);
      const body = { scope, reason };
      const path = '/v1/stops';
      const engine = findEngine(globalsOf(command), env);
      const made = madeStopSchema.parse(await callGateway(engine, { method: 'POST', path, body }));
      if (json) printJson(io, made);
      else print(made);
    });

  function print({ stop, repeated, unfinished }: Made): void {
    const { colors } = io;
    printLine(io, colors.bold(repeated ? `Stopped already: ${nameOf(stop)}` : `Stopped: ${nameOf(stop)}`));
    printLine(io, `  since ${madeBy(stop.stoppedAt, stop.actor, stop.reason)}`);
    const seconds = STOP_HOLDS_WITHIN_MS / 1000;
    printLine(
      io,
      `  nothing new leaves later than ${seconds} s after that; status queries and callbacks go on`,
    );
    if (unfinished) {
      const { payouts, payments, storedCards } = unfinished;
      printLine(
        io,
        `  it covers ${payouts} unfinished payouts, ${payments} payments and ${storedCards} cards to be stored`,
      );
    }
    printLine(io, colors.dim(`  lift it: ${commandName()} resume ${stop.id} --reason "…"`));
  }

  return teach(command, [
    ['payouts stop --account acme-a2p --reason "the bank called: wrong amounts"', 'one account'],
    ['payouts stop --all --reason "looking into double charges"', 'everything'],
    ['payouts stops', 'what is stopped'],
  ]);
}
