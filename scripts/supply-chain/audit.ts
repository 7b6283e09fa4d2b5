/**
 * Asks npm's audit service for known vulnerabilities in what the product runs. Fails on any that docs/audit.json does not
 * explain, and on an explanation that is not needed any more. Where the service cannot be asked, it says so and does not
 * fail: a build without network is no vulnerability; `--required` makes that a failure too, for releases.
 *
 *     npm run audit -- --required
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { runNpm } from './run-npm.js';

const EXPLAINED = 'docs/audit.json';

const reportSchema = z.object({ vulnerabilities: z.record(z.string(), z.unknown()) });
const explainedSchema = z.record(z.string(), z.string().min(1));

const found = vulnerable(runNpm(['audit', '--omit=dev', '--json', '--loglevel=silent']).stdout);
const problem = found ? complaintOf(found) : undefined;
if (problem !== undefined) {
  console.error(problem);
  process.exitCode = 1;
} else if (found) {
  console.log(
    `No known vulnerability${found.length > 0 ? ` but ${found.length} explained in ${EXPLAINED}` : ''}.`,
  );
} else {
  console.error(
    'The audit service could not be asked: whether there are known vulnerabilities is not known.',
  );
  if (process.argv.includes('--required')) process.exitCode = 1;
}

/** Package names; undefined if the service did not answer. */
function vulnerable(stdout: string): readonly string[] | undefined {
  try {
    const report = reportSchema.safeParse(JSON.parse(stdout));
    return report.success ? Object.keys(report.data.vulnerabilities) : undefined;
  } catch {
    return undefined;
  }
}

function complaintOf(names: readonly string[]): string | undefined {
  const explained = Object.keys(explainedSchema.parse(JSON.parse(readFileSync(EXPLAINED, 'utf8'))));
  const unexplained = names.filter((name) => !explained.includes(name));
  const outdated = explained.filter((name) => !names.includes(name));
  if (unexplained.length > 0)
    return `Known vulnerabilities in ${unexplained.join(', ')}. See npm audit; update, or explain in ${EXPLAINED}.`;
  if (outdated.length > 0)
    return `Not vulnerable any more: ${outdated.join(', ')}. Take it out of ${EXPLAINED}.`;
  return undefined;
}
