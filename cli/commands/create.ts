import { Command, Option } from 'commander';
import { DESTINATION_TYPES } from '../../batch/row-request.js';
import { globalsOf, quietExit, teach, type Cli } from '../cli.js';
import { EXIT } from '../cli-error.js';
import { findEngine } from '../context.js';
import { CREATE_COLUMNS, flagOf, requestFromFlags, requestFromJson } from '../create-input.js';
import { printJson } from '../io.js';
import { withClient } from '../open-client.js';
import { printPayout } from '../print-payout.js';

interface CreateOptions extends Readonly<Record<string, unknown>> {
  readonly jsonInput?: string;
  readonly cardNumberStdin?: true;
  readonly wait?: true;
  readonly json?: true;
}

/** What the options say beside their names. */
const WORDS: Readonly<Record<string, string>> = {
  payout_id: 'your own id of the obligation; the same id never pays twice',
  merchant: 'on whose behalf',
  account: 'the configured account that pays',
  amount: 'in minor units: 10050 is 100.50',
  currency: 'ISO 4217, like RUB',
  destination: `where to: ${DESTINATION_TYPES.join(', ')}; told by the other options where they leave no doubt`,
  stored_card_id: 'your id of a stored card, or the provider’s',
  source_card: 'your id of the payer’s stored card that the money is taken from',
  phone: 'digits with the country code: 79160001122',
  bank_id: 'the receiving bank’s member number (with --phone)',
  return_url: 'where the recipient’s browser returns (hosted_page)',
};

export function createCommand({ io, env }: Cli): Command {
  const command = new Command('create')
    .description('Make one payout. Repeating it with the same id and content is harmless.')
    .option('--card-number-stdin', 'read the card number from stdin; without it, a card payout asks for it')
    .option('--json-input <file>', 'the whole request as JSON from a file, or - for stdin')
    .option('--wait', 'until it is settled; exit code 0 only if it succeeded')
    .option('--json', 'the payout as one JSON object');
  for (const name of CREATE_COLUMNS)
    command.addOption(new Option(`${flagOf(name)} <${short(name)}>`, WORDS[name] ?? ''));

  command.action(async (options: CreateOptions) => {
    const { jsonInput, cardNumberStdin = false, wait, json } = options;
    const request =
      jsonInput === undefined
        ? await requestFromFlags(io, { values: options, cardNumberStdin })
        : await requestFromJson(io, jsonInput);
    const payout = await withClient(findEngine(globalsOf(command), env), async (client) => {
      const created = await client.create(request);
      return wait ? client.wait(created) : created;
    });
    if (json) printJson(io, payout);
    else printPayout(io, payout);
    if (wait && payout.status !== 'succeeded') throw quietExit(EXIT.failed);
  });

  return teach(command, [
    [
      'payouts create --merchant acme --payout-id P-1 --account acme-a2p \\',
      'to a card; the number is asked for',
    ],
    ['    --amount 10050 --currency RUB --destination card', ''],
    ['payouts create … --card-number-stdin < card.txt', 'the number from a file only you can read'],
    [
      'payouts create … --phone 79160001122 --bank-id 100000000111',
      'by SBP; needs --first-name and --last-name',
    ],
    ['payouts create --json-input - --wait < payout.json', 'as a program does it'],
  ]);
}

function short(name: string): string {
  return name === 'amount' ? 'minor' : name.includes('url') ? 'url' : name.endsWith('id') ? 'id' : 'value';
}
