import { Command, Option } from 'commander';
import { correctedSchema } from '../../schemas/commands.js';
import { globalsOf, teach, type Cli } from '../cli.js';
import { findEngine } from '../context.js';
import { callGateway } from '../gateway-api.js';
import { printJson } from '../io.js';
import { aboutOnePayout, type KeyOptions } from '../payout-options.js';
import { printPayout } from '../print-payout.js';
import { readPayout } from '../read-payout.js';

interface CorrectOptions extends KeyOptions {
  readonly to: string;
  readonly reason: string;
  readonly json?: true;
}

export function correctCommand({ io, env }: Cli): Command {
  const to = new Option('--to <status>', 'what is true').choices(['returned', 'succeeded']);
  const command = aboutOnePayout(new Command('correct'))
    .description('Correct a payout that has ended: succeeded → returned, or declined → succeeded.')
    .addOption(to.makeOptionMandatory())
    .requiredOption(
      '--reason <words>',
      "the evidence; stands in the payout's history with the API key's name",
    )
    .option('--json', 'the answer as one JSON object')
    .action(async (payoutId: string, { json, ...body }: CorrectOptions) => {
      const path = `/v1/payouts/${encodeURIComponent(payoutId)}/correct`;
      const engine = findEngine(globalsOf(command), env);
      const answer = correctedSchema.parse(await callGateway(engine, { method: 'POST', path, body }));
      if (json) printJson(io, answer);
      else printPayout(io, readPayout(answer.payout));
    });
  return teach(command, [
    ['payouts review P-001 --merchant acme', 'what is known of it'],
    [
      'payouts correct P-001 --merchant acme --to returned --reason "came back on the statement of 3 July"',
      'the money is here again',
    ],
  ]);
}
