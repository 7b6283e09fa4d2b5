import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { ConfigError } from '../../config/config-error.js';
import { renderAccounts } from '../accounts/print-accounts.js';
import { globalsOf, quietExit, teach, type Cli } from '../cli.js';
import { EXIT } from '../cli-error.js';
import { environmentFor } from '../context.js';
import { printJson, printLine } from '../io.js';
import { packageFile } from '../package-file.js';

interface CheckOptions {
  readonly embedded?: true;
  readonly json?: true;
}

export function accountsCommand({ io, env }: Cli): Command {
  const check = new Command('check')
    .argument('[file]', 'the accounts file (default: PAYOUTS_ACCOUNTS or accounts.yaml)')
    .description(
      'Check the accounts file as a worker would read it, secrets included, and show what it says. Calls nobody.',
    )
    .option('--embedded', 'as "payouts up" would: with its example credentials and simulators')
    .option('--json', 'one JSON object: accounts, or problems')
    .action(async (given: string | undefined, { embedded, json }: CheckOptions) => {
      const environment = environmentFor(globalsOf(check), env);
      const file = given === undefined ? environment.accountsFile : resolve(given);
      const { surveyAccounts } = await import('../../workers/survey-accounts.js');
      const { publicUrl } = environment.gateway;
      const accounts = await surveyAccounts(file, { env, embedded: embedded ?? false, publicUrl }).catch(
        (error: unknown) => {
          if (!json || !(error instanceof ConfigError)) throw error;
          printJson(io, { ok: false, file, problems: error.problems });
          throw quietExit(EXIT.usage);
        },
      );
      if (json) return printJson(io, { ok: true, file, accounts });
      for (const line of renderAccounts(accounts, io.colors)) printLine(io, line);
      printLine(io, `${io.colors.green('✔')} ${file}: ${accounts.length} ${plural(accounts.length)}`);
    });
  teach(check, [
    ['payouts accounts check accounts.yaml', 'before a deployment, with the variables that it will have'],
    ['payouts accounts check --embedded', 'the file that "payouts up" will use'],
  ]);

  const schema = new Command('schema')
    .description('Print the JSON Schema of the accounts file, for editors and other tools.')
    .action(() => {
      io.stdout.write(readFileSync(packageFile('docs', 'accounts.schema.json'), 'utf8'));
    });
  teach(schema, [['payouts accounts schema > accounts.schema.json', '']]);

  const command = new Command('accounts')
    .description('The accounts file: check it before the engine reads it.')
    .addCommand(check)
    .addCommand(schema);
  return teach(command, [
    ['payouts accounts check', 'one line per problem: where, what, remedy; exit code 2'],
    ['payouts accounts schema', 'for editors; documentation: docs/accounts.md'],
  ]);
}

function plural(count: number): string {
  return count === 1 ? 'account' : 'accounts';
}
