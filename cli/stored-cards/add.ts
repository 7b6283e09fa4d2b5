import { Command, Option } from 'commander';
import type { StoredCardView } from '../../domain/stored-card.js';
import { globalsOf, quietExit, teach, type Cli } from '../cli.js';
import { EXIT } from '../cli-error.js';
import { findEngine } from '../context.js';
import { printJson } from '../io.js';
import { withClient } from '../open-client.js';
import { storeRequestFromFlags, storeRequestFromJson, type AddFlags } from './add-input.js';
import { printStoredCard } from './print-stored-card.js';

interface AddOptions extends AddFlags {
  readonly jsonInput?: string;
  readonly wait?: true;
  readonly json?: true;
}

export function addStoredCardCommand({ io, env }: Cli): Command {
  const command = new Command('add')
    .argument('[stored-card-id]', 'your own id of the card; the same id never stores another card')
    .description(
      'Have a provider store a card. Number and CVV are typed at a prompt or come by stdin, never as options.',
    )
    .option('--merchant <id>', 'whose card it is')
    .option('--account <id>', 'the configured account that stores it')
    .addOption(
      new Option('--purpose <purpose>', 'to be paid to, or to take money from').choices([
        'destination',
        'source',
      ]),
    )
    .option('--owner-id <id>', 'your id of the card’s owner at the provider')
    .option('--holder <name>', 'the name on the card')
    .option('--expiry <month/year>', 'as on the card: 12/2030')
    .option('--return-url <url>', 'where the owner’s browser returns after 3-D Secure')
    .option('--failure-url <url>', 'the same, where it failed')
    .option('--card-number-stdin', 'the number from stdin; of a source card, the CVV on the second line')
    .option('--json-input <file>', 'the whole request as JSON from a file, or - for stdin')
    .option('--wait', 'until it is settled; exit code 0 only if the card is active')
    .option('--json', 'the card as one JSON object')
    .action(async (id: string | undefined, options: AddOptions) => {
      const { jsonInput, wait, json } = options;
      const request =
        jsonInput === undefined
          ? await storeRequestFromFlags(io, id, options)
          : await storeRequestFromJson(io, jsonInput);
      const card = await withClient(findEngine(globalsOf(command), env), async ({ storedCards }) => {
        const added = await storedCards.add(request);
        if (!wait) return added;
        tellAction(added);
        return storedCards.wait(added);
      });
      if (json) printJson(io, card);
      else printStoredCard(io, card);
      if (wait && card.status !== 'active') throw quietExit(EXIT.failed);
    });

  /** Whoever waits must know for what; on stderr, so that a program's JSON stays one object. */
  function tellAction({ action }: StoredCardView): void {
    if (action) io.stderr.write(`The card's owner must open ${action.url}\n`);
  }

  return teach(command, [
    ['payouts stored-cards add card-77 --merchant acme --account acme-a2p \\', 'the number is asked for'],
    ['    --purpose destination --owner-id client-9', ''],
    ['payouts stored-cards add … --purpose source --card-number-stdin < card.txt', 'number, then CVV'],
    ['payouts stored-cards add --json-input - --wait < card.json', 'as a program does it'],
  ]);
}
