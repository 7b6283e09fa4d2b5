import { ConfigError } from '../../config/config-error.js';
import type { Environment } from '../../config/environment.js';
import { commandName } from '../command-name.js';
import { environmentFor, findEngine, type Engine, type GlobalOptions } from '../context.js';
import { readUpFile } from '../up-file.js';
import { checkAccounts } from './check-accounts.js';
import { checkGateway } from './check-gateway.js';
import { checkJournal } from './check-journal.js';
import { checkPayloadKeys } from './check-payload-keys.js';
import { checkTemporal } from './check-temporal.js';
import { bad, good, type Finding } from './finding.js';

export type { Finding } from './finding.js';

/** Looks at everything, each part by itself, so that one missing part hides no other. */
export async function diagnose(options: GlobalOptions, env?: NodeJS.ProcessEnv): Promise<readonly Finding[]> {
  const findings: Finding[] = [checkNode(process.versions.node)];
  let environment: Environment;
  try {
    environment = environmentFor(options, env);
  } catch (error) {
    return [...findings, ...configFindings('environment', error)];
  }
  const up = readUpFile(environment.dataDir);
  const accountsFile = up?.accountsFile ?? environment.accountsFile;
  findings.push(...(await checkAccounts(accountsFile, { simulated: up?.simulatorUrl !== undefined, env })));
  let engine: Engine;
  try {
    engine = findEngine(options, env);
  } catch (error) {
    return [
      ...findings,
      bad('engine', wordsOf(error), `Start one with "${commandName()} up", or set the variables.`),
    ];
  }
  return [
    ...findings,
    good('engine', `named by ${engine.foundBy}`),
    checkPayloadKeys(engine),
    ...(await checkTemporal(engine)),
    await checkJournal(environment, up !== undefined),
    ...(await checkGateway(engine)),
  ];
}

const MIN_NODE = [20, 19] as const;

export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const enough = major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1]);
  if (enough) return good('Node', version);
  return bad(
    'Node',
    `${version} is too old`,
    `Install Node ${MIN_NODE.join('.')} or later: https://nodejs.org.`,
  );
}

export function configFindings(name: string, error: unknown): Finding[] {
  if (!(error instanceof ConfigError)) return [bad(name, wordsOf(error), 'Run again with --debug.')];
  return error.problems.map(({ where, problem, remedy }) => bad(name, `${where} ${problem}`, remedy));
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
