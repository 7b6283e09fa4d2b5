import { Command } from 'commander';
import { teach, type Cli } from '../cli.js';
import { addStoredCardCommand } from '../stored-cards/add.js';
import { getStoredCardCommand } from '../stored-cards/get.js';
import { listStoredCardsCommand } from '../stored-cards/list.js';
import { removeStoredCardCommand } from '../stored-cards/remove.js';

export function storedCardsCommand(cli: Cli): Command {
  const command = new Command('stored-cards').description(
    'Cards that a provider keeps, for payouts to name as their destination or source.',
  );
  for (const make of [
    addStoredCardCommand,
    getStoredCardCommand,
    listStoredCardsCommand,
    removeStoredCardCommand,
  ])
    command.addCommand(make(cli));
  return teach(command, [
    ['payouts stored-cards add card-77 --merchant acme --account acme-a2p \\', 'the number is asked for'],
    ['    --purpose destination --owner-id client-9', ''],
    ['payouts stored-cards list --merchant acme', 'which there are'],
    ['payouts create … --destination stored_card --stored-card-id card-77', 'pay to it'],
  ]);
}
