import { ConfigError } from '../../config/config-error.js';
import { bad, good, type Finding } from './finding.js';

/** Every account of the file, or everything that is wrong with it. */
export async function checkAccounts(
  file: string,
  options: { simulated: boolean; env?: NodeJS.ProcessEnv | undefined },
): Promise<Finding[]> {
  // Its credentials are known to the process that runs the simulator alone.
  if (options.simulated) return [good('accounts', `${file}, in use by "payouts up" with the simulator`)];
  const [{ loadAccounts }, { createLog }] = await Promise.all([
    import('../../workers/load-accounts.js'),
    import('../../workers/log.js'),
  ]);
  try {
    const { accounts } = loadAccounts(file, createLog({ level: 'error' }), options.env);
    return [good('accounts', `${[...accounts.keys()].join(', ') || 'none'} in ${file}`)];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ where, problem, remedy }) =>
      bad('accounts', `${where}: ${problem}`, remedy),
    );
  }
}
