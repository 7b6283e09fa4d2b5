import { ConfigError } from '../../config/config-error.js';
import { bad, good, type Finding } from './finding.js';

/** Every account of the file, or everything that is wrong with it. */
export async function checkAccounts(
  file: string,
  options: { simulated: boolean; env?: NodeJS.ProcessEnv | undefined },
): Promise<Finding[]> {
  const { surveyAccounts } = await import('../../workers/survey-accounts.js');
  try {
    // The credentials of "payouts up" are known to its process alone; any will do to read the file.
    const accounts = await surveyAccounts(file, { env: options.env, embedded: options.simulated });
    const names = accounts.map(({ account }) => account).join(', ') || 'none';
    return [good('accounts', `${names} in ${file}${options.simulated ? ', in use by "payouts up"' : ''}`)];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ where, problem, remedy }) =>
      bad('accounts', `${where}: ${problem}`, remedy),
    );
  }
}
