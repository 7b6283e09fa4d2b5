import { Command } from 'commander';
import { storedCardViewSchema } from '../../schemas/stored-card.js';
import { globalsOf, teach, type Cli } from '../cli.js';
import { findEngine } from '../context.js';
import { callGateway } from '../gateway-api.js';
import { printJson } from '../io.js';
import { printStoredCard } from './print-stored-card.js';

export function getStoredCardCommand({ io, env }: Cli): Command {
  const command = new Command('get')
    .argument('<stored-card-id>', 'your id of the card')
    .description('Show one stored card as the journal has it.')
    .requiredOption('--merchant <id>', 'whose card it is')
    .option('--json', 'as one JSON object')
    .action(async (id: string, { merchant, json }: { readonly merchant: string; readonly json?: true }) => {
      const path = `/v1/stored-cards/${encodeURIComponent(id)}`;
      const answer = await callGateway(findEngine(globalsOf(command), env), { path, query: { merchant } });
      const card = storedCardViewSchema.parse(answer);
      if (json) printJson(io, card);
      else printStoredCard(io, card);
    });
  return teach(command, [['payouts stored-cards get card-77 --merchant acme', 'how it stands']]);
}
