import { Command } from 'commander';
import { payoutEventsSchema } from '../../schemas/payout.js';
import { globalsOf, teach, type Cli } from '../cli.js';
import { findEngine } from '../context.js';
import { describeEvent } from '../describe-event.js';
import { callGateway } from '../gateway-api.js';
import { printJson, printLine } from '../io.js';
import { aboutOnePayout, type KeyOptions } from '../payout-options.js';
import { printPayout } from '../print-payout.js';
import { readPayout } from '../read-payout.js';

interface GetOptions extends KeyOptions {
  readonly events?: true;
  readonly json?: true;
}

export function getCommand({ io, env }: Cli): Command {
  const command = aboutOnePayout(new Command('get'))
    .description('Show one payout as the journal has it, also years later.')
    .option('--events', 'with its whole history: who, what, when, why')
    .option('--json', 'as one JSON object')
    .action(async (payoutId: string, { merchant, events, json }: GetOptions) => {
      const engine = findEngine(globalsOf(command), env);
      const path = `/v1/payouts/${encodeURIComponent(payoutId)}`;
      const payout = readPayout(await callGateway(engine, { path, query: { merchant } }));
      const history = events
        ? payoutEventsSchema.parse(await callGateway(engine, { path: `${path}/events`, query: { merchant } }))
            .items
        : undefined;
      if (json) return printJson(io, history ? { ...payout, events: history } : payout);
      printPayout(io, payout);
      for (const event of history ?? []) printLine(io, `  ${describeEvent(event)}`);
    });
  return teach(command, [
    ['payouts get P-001 --merchant acme', 'how it stands'],
    ['payouts get P-001 --merchant acme --events', 'how it came to that'],
  ]);
}
