import { Command, Option } from 'commander';
import type { z } from 'zod';
import { ROLES, type Role } from '../../domain/roles.js';
import type { apiKeySchema, issuedApiKeySchema } from '../../schemas/api-keys.js';
import { withApiKeys } from '../api-keys-door.js';
import { globalsOf, teach, type Cli } from '../cli.js';
import { CliError, EXIT, usageError } from '../cli-error.js';
import { commandName } from '../command-name.js';
import { printJson, printLine } from '../io.js';
import { pad, plainText } from '../plain-text.js';
import { wholeNumber } from '../whole-number.js';

type Key = z.output<typeof apiKeySchema>;
type Issued = z.output<typeof issuedApiKeySchema>;

const SECS_PER_HOUR = 60 * 60;

interface AddOptions {
  readonly name: string;
  readonly role: Role[];
  readonly merchant?: string;
  readonly allMerchants?: true;
  readonly expires?: string;
  readonly json?: true;
}

interface RotateOptions {
  readonly graceHours: number;
  readonly reason?: string;
  readonly json?: true;
}

const HELP = `
Roles: create   make payouts, payments and stored cards, cancel what was not sent
       read     see payouts, payments, stored cards, histories and accounts
       operate  reviews, stops, refunds, callbacks, notices, balances, statements
       approve  sign for an outcome: resolve, correct, settle
       admin    keys, and who did what
Each but admin reads, too. Nobody gives a key more than the own one has.`;

export function apiKeyCommand(cli: Cli): Command {
  const { io, env } = cli;
  const add = new Command('add')
    .description('Make a key. Its secret is shown this once and stored nowhere.')
    .requiredOption('--name <words>', 'whose key it is; stands in the history of what is done with it')
    .addOption(
      new Option('--role <roles...>', 'what it may do; several if need be')
        .choices(ROLES)
        .makeOptionMandatory(),
    )
    .option('--merchant <id>', 'the one merchant it acts for')
    .option('--all-merchants', 'it acts for all of them')
    .option('--expires <time>', 'it opens nothing any more from then on (ISO 8601)')
    .option('--json', 'as one JSON object')
    .action(async (options: AddOptions) => {
      const { json, name, role: roles, merchant, allMerchants, expires: expiresAt } = options;
      if ((merchant === undefined) === (allMerchants === undefined)) {
        throw usageError('say whom it acts for: --merchant <id>, or --all-merchants.');
      }
      const wanted = { name, roles, merchant, expiresAt };
      const issued = await withApiKeys(globalsOf(add), env, (keys) => keys.add(wanted));
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
      for (const key of items) printLine(io, describe(key, io.now()));
    });

  const rotate = new Command('rotate')
    .argument('<id>', 'as "api-key list" shows it')
    .description(
      'Give a key a new secret. Id, roles and history stay; the former secret works a while longer.',
    )
    .option(
      '--grace-hours <n>',
      'how long the former secret works; 0 ends it at once',
      wholeNumber(0, 720),
      24,
    )
    .option('--reason <words>', 'why; stands in the audit')
    .option('--json', 'as one JSON object')
    .action(async (id: string, { json, graceHours, reason }: RotateOptions) => {
      const how = { graceSecs: graceHours * SECS_PER_HOUR, reason };
      const issued = await withApiKeys(globalsOf(rotate), env, (keys) => keys.rotate(id, how));
      if (!issued) throw noSuchKey();
      if (json) printJson(io, issued);
      else printIssued(issued);
    });

  const revoke = new Command('revoke')
    .argument('<id>', 'as "api-key list" shows it')
    .description('Revoke a key; it opens nothing any more within seconds.')
    .option('--reason <words>', 'why; stands in the audit')
    .option('--json', 'as one JSON object')
    .action(async (id: string, { json, reason }: { readonly json?: true; readonly reason?: string }) => {
      const revoked = await withApiKeys(globalsOf(revoke), env, (keys) => keys.revoke(id, reason));
      if (!revoked) throw noSuchKey();
      if (json) printJson(io, { id, revoked });
      else printLine(io, 'Revoked.');
    });

  function printIssued({ key, secret }: Issued): void {
    printLine(io, `${io.colors.bold(secret)}`);
    printLine(io, io.colors.dim(`Shown this once. ${describe(key, io.now())}`));
  }

  const command = new Command('api-key').alias('api-keys').description('Keys to the HTTP API.');
  command.addCommand(add).addCommand(list).addCommand(rotate).addCommand(revoke);
  command.addHelpText('after', HELP);
  return teach(command, [
    ['payouts api-key add --name "shop back end" --role create --merchant acme', 'for one merchant'],
    ['payouts api-key add --name anna --role operate approve --all-merchants', 'for a person in operations'],
    ['payouts api-key rotate 0123456789abcdef --grace-hours 0 --reason "stood in a chat"', 'a new secret'],
    ['payouts api-key list', 'which there are'],
  ]);
}

function noSuchKey(): CliError {
  return new CliError(
    EXIT.failed,
    `there is no live API key with this id. See: ${commandName()} api-key list`,
  );
}

function describe(key: Key, nowMs: number): string {
  const { id, name, roles, merchant = 'all merchants', createdAt, lastUsedAt } = key;
  const used = lastUsedAt === undefined ? 'never used' : `used ${hour(lastUsedAt)}`;
  const parts = [
    id,
    pad(`${roles.join(' ')}, ${merchant}`, 32),
    `since ${day(createdAt)}`,
    used,
    stateOf(key, nowMs),
  ];
  return [...parts, plainText(name)].join('  ');
}

function stateOf({ expiresAt, formerSecretUntil, revokedAt }: Key, nowMs: number): string {
  if (revokedAt !== undefined) return `revoked ${day(revokedAt)}`;
  if (expiresAt !== undefined && Date.parse(expiresAt) <= nowMs) return `expired ${day(expiresAt)}`;
  const end = expiresAt === undefined ? 'live' : `live until ${day(expiresAt)}`;
  const former = formerSecretUntil !== undefined && Date.parse(formerSecretUntil) > nowMs;
  return former ? `${end}, former secret until ${hour(formerSecretUntil)}` : end;
}

function day(time: string): string {
  return time.slice(0, 10);
}

function hour(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}
