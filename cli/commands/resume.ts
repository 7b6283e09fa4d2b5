import { Command } from 'commander';
import { wordsOfScope, type StopScope } from '../../domain/stop.js';
import { liftedStopSchema, stopListSchema } from '../../schemas/stops.js';
import { globalsOf, teach, type Cli } from '../cli.js';
import { CliError, EXIT } from '../cli-error.js';
import { commandName } from '../command-name.js';
import { findEngine, type Engine } from '../context.js';
import { callGateway } from '../gateway-api.js';
import { printJson, printLine } from '../io.js';
import { madeBy, nameOf, scopeWords, type ShownStop } from '../stops/print-stop.js';
import { ONE_OF, scopeIn, withScope, type ScopeOptions } from '../stops/scope-options.js';

interface ResumeOptions extends ScopeOptions {
  readonly reason: string;
  readonly json?: true;
}

export function resumeCommand({ io, env }: Cli): Command {
  const command = withScope(
    new Command('resume').argument('[stop-id]', 'as "stops" shows it; or say what was stopped'),
  )
    .description('Lift a stop. What it covered is sent, unless another stop covers it.')
    .requiredOption('--reason <words>', 'why; stands with the stop')
    .option('--json', 'the answer as one JSON object')
    .action(async (named: string | undefined, { reason, json, ...options }: ResumeOptions) => {
      const scope = scopeIn(options);
      if ((named === undefined) === (scope === undefined)) {
        throw new CliError(EXIT.usage, `say which stop: its id, or one of ${ONE_OF}.`);
      }
      const engine = findEngine(globalsOf(command), env);
      const id = named ?? (scope && (await stopOf(engine, scope)).id) ?? '';
      const path = `/v1/stops/${encodeURIComponent(id)}/resume`;
      const lifted = liftedStopSchema.parse(
        await callGateway(engine, { method: 'POST', path, body: { reason } }),
      );
      if (json) return printJson(io, lifted);
      const { stop, repeated } = lifted;
      printLine(io, io.colors.bold(`${repeated ? 'Lifted before' : 'Lifted'}: ${nameOf(stop)}`));
      const { resumed } = stop;
      if (resumed) printLine(io, `  ${madeBy(resumed.at, resumed.actor, resumed.reason)}`);
    });
  return teach(command, [
    ['payouts stops', 'what is stopped'],
    ['payouts resume 4 --reason "the file was corrected"', 'by its id'],
    ['payouts resume --account acme-a2p --reason "the file was corrected"', 'by what was stopped'],
  ]);
}

async function stopOf(engine: Engine, scope: StopScope): Promise<ShownStop> {
  const { items } = stopListSchema.parse(await callGateway(engine, { path: '/v1/stops' }));
  const wanted = wordsOfScope(scope);
  const found = items.find((stop) => scopeWords(stop.scope) === wanted);
  if (found) return found;
  throw new CliError(EXIT.failed, `there is no stop of ${wanted}. What is stopped: ${commandName()} stops`);
}
