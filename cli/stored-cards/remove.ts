import { Command } from 'commander';
import { storedCardViewSchema } from '../../schemas/stored-card.js';
import { globalsOf, teach, type Cli } from '../cli.js';
import { findEngine } from '../context.js';
import { callGateway } from '../gateway-api.js';
import { printJson } from '../io.js';
import { printStoredCard } from './print-stored-card.js';

interface RemoveOptions {
  readonly merchant: string;
  readonly reason?: string;
  readonly json?: true;
}

export function removeStoredCardCommand({ io, env }: Cli): Command {
  const command = new Command('remove')
    .argument('<stored-card-id>', 'your id of the card')
    .description(
      'Take a stored card out of use: no payout may name it any more. The provider is not told and may keep it.',
    )
    .requiredOption('--merchant <id>', 'whose card it is')
    .option('--reason <words>', "why; stands in the card's history")
    .option('--json', 'the card as one JSON object')
    .action(async (id: string, { merchant, reason, json }: RemoveOptions) => {
      const answer = await callGateway(findEngine(globalsOf(command), env), {
        method: 'DELETE',
        path: `/v1/stored-cards/${encodeURIComponent(id)}`,
        query: { merchant, reason },
      });
      const card = storedCardViewSchema.parse(answer);
      if (json) printJson(io, card);
      else printStoredCard(io, card);
    });
  return teach(command, [
    ['payouts stored-cards remove card-77 --merchant acme --reason "client left"', 'a repeat is harmless'],
  ]);
}
