import { Command, Option } from 'commander';
import type { z } from 'zod';
import type { apiKeySchema, issuedApiKeySchema } from '../../schemas/api-keys.js';
import { withApiKeys } from '../api-keys-door.js';
import { globalsOf, teach, type Cli } from '../cli.js';
import { CliError, EXIT } from '../cli-error.js';
import { commandName } from '../command-name.js';
import { printJson, printLine } from '../io.js';
import { pad, plainText } from '../plain-text.js';

type Key = z.output<typeof apiKeySchema>;
type Issued = z.output<typeof issuedApiKeySchema>;

interface AddOptions {
  readonly name: string;
  readonly role: 'merchant' | 'operator';
  readonly merchant?: string;
  readonly json?: true;
}

export function apiKeyCommand(cli: Cli): Command {
  const { io, env } = cli;
  const add = new Command('add')
    .description('Make a key. Its secret is shown this once and stored nowhere.')
    .requiredOption('--name <words>', 'whose key it is; stands in the history of what is done with it')
    .addOption(
      new Option('--role <role>', 'a merchant sees its own payouts, an operator all')
        .choices(['merchant', 'operator'])
        .default('merchant'),
    )
    .option('--merchant <id>', 'the merchant it acts for (role merchant)')
    .option('--json', 'as one JSON object')
    .action(async ({ json, name, role, merchant }: AddOptions) => {
      const issued = await withApiKeys(globalsOf(add), env, (keys) => keys.add({ name, role, merchant }));
      if (json) printJson(io, issued);
      else printIssued(issued);
    });

  const list = new Command('list')
    .description('All keys, without their secrets.')
    .option('--json', 'as one JSON object')
    .action(async ({ json }: { readonly json?: true }) => {
      const items = await withApiKeys(globalsOf(list), env, (keys) => keys.list());
      if (json) return printJson(io, { items });
      if (items.length === 0) printLine(io, 'No keys.');
      for (const key of items) printLine(io, describe(key));
    });

  const revoke = new Command('revoke')
    .argument('<id>', 'as "api-key list" shows it')
    .description('Revoke a key; it opens nothing any more within seconds.')
    .option('--json', 'as one JSON object')
    .action(async (id: string, { json }: { readonly json?: true }) => {
      const revoked = await withApiKeys(globalsOf(revoke), env, (keys) => keys.revoke(id));
      if (!revoked)
        throw new CliError(
          EXIT.failed,
          `there is no live API key with this id. See: ${commandName()} api-key list`,
        );
      if (json) printJson(io, { id, revoked });
      else printLine(io, 'Revoked.');
    });

  function printIssued({ key, secret }: Issued): void {
    printLine(io, `${io.colors.bold(secret)}`);
    printLine(io, io.colors.dim(`Shown this once. ${describe(key)}`));
  }

  const command = new Command('api-key').description('Keys to the HTTP API.');
  command.addCommand(add).addCommand(list).addCommand(revoke);
  return teach(command, [
    ['payouts api-key add --name "shop back end" --merchant acme', 'a key for one merchant'],
    ['payouts api-key add --name anna --role operator', 'a key for all of them'],
    ['payouts api-key list', 'which there are'],
  ]);
}

function describe({ id, name, role, merchant, createdAt, revokedAt }: Key): string {
  const whose = merchant === undefined ? role : `${role} ${merchant}`;
  const state = revokedAt === undefined ? 'live' : `revoked ${revokedAt.slice(0, 10)}`;
  return [id, pad(whose, 20), `since ${createdAt.slice(0, 10)}`, state, plainText(name)].join('  ');
}
