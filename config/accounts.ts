import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { z } from 'zod';
import { readAccountEntry, type AccountConfig, type SimulatorUse } from './account-entry.js';
import type { ConfigurableProtocol } from './account-settings.js';
import { ConfigError, type ConfigProblem } from './config-error.js';
import { check } from './schema-problems.js';
import { YamlSource, type YamlPath } from './yaml-source.js';

export interface AccountsOptions {
  /** The path of the accounts file. */
  readonly file: string;
  /** The providers by name (`protocols` of `providers/registry.ts`). */
  readonly protocols: Readonly<Record<string, ConfigurableProtocol>>;
  /** Where `{ env: NAME }` is looked up. Default: the process's own environment. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** What an account's `simulator` block means to this process. @default 'refuse' */
  readonly simulators?: SimulatorUse | undefined;
}

const fileSchema = z.strictObject({ accounts: z.record(z.string(), z.unknown()) });

/**
 * Reads the accounts file and every secret that it refers to.
 *
 * @throws ConfigError with every problem: line, field, what is wrong and what to do.
 * @example
 * const accounts = readAccounts({ file: environment.accountsFile, protocols });
 */
export function readAccounts(options: AccountsOptions): AccountConfig[] {
  const { file, protocols, env = process.env, simulators = 'refuse' } = options;
  const source = open(file);
  const problems: ConfigProblem[] = source.duplicateKeys();
  const refuse = (path: YamlPath, problem: string, remedy: string): void => {
    problems.push({ where: source.where(path), problem, remedy });
  };
  const written = source.value() ?? {};
  const whole = check(written, fileSchema);
  if ('problems' in whole)
    for (const { path, problem, remedy } of whole.problems) refuse(path, problem, remedy);
  const entries = Object.entries('problems' in whole ? {} : whole.value.accounts);
  const accounts = entries.map(([id, entry]) =>
    readAccountEntry(id, entry, {
      env,
      protocols,
      accountsFile: file,
      simulators,
      refuse: (path, problem, remedy) => refuse(['accounts', id, ...path], problem, remedy),
    }),
  );
  if (problems.length > 0) throw new ConfigError(problems);
  return accounts.filter((account) => account !== undefined);
}

function open(file: string): YamlSource {
  const name = shortName(file);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const problem = `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`;
    const remedy = 'Copy examples/accounts.yaml to it, or name another file by PAYOUTS_ACCOUNTS.';
    throw new ConfigError([{ where: name, problem, remedy }]);
  }
  const source = new YamlSource(name, text);
  const syntax = source.syntaxProblems();
  if (syntax.length > 0) throw new ConfigError(syntax);
  return source;
}

/** As a person would type it from here. */
function shortName(file: string): string {
  const short = relative(process.cwd(), resolve(file));
  return short.startsWith('..') ? file : short;
}
