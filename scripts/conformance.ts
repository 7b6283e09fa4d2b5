/**
 * Holds providers to the conformance suite, prints what came of it and writes their sections of docs/providers.md.
 *
 *   npm run conformance                           # every provider
 *   npm run conformance -- all2pay                # one
 *   npm run conformance -- all2pay 'reset before' # only its scenarios of that name; writes nothing
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { providerSection, providersDocument, sectionsOf } from '../conformance/report/document.js';
import { describeResult, held, resultsOf } from '../conformance/report/results.js';
import { RUNS } from '../conformance/subjects.js';

const DOCUMENT = new URL('../docs/providers.md', import.meta.url);

const [name, ...words] = process.argv.slice(2);
const runs = [...RUNS].filter(([provider]) => name === undefined || provider === name);
if (runs.length === 0) {
  console.error(`No provider ${name ?? ''}: ask for one of ${[...RUNS.keys()].join(', ')}.`);
  process.exit(2);
}
const only = words.length === 0 ? undefined : new RegExp(words.join(' '));

let broken = 0;
for (const [, start] of runs) {
  const logFile = join(mkdtempSync(join(tmpdir(), 'payouts-conformance-')), 'engine.log');
  const run = await start({ logFile, only });
  const results = await resultsOf(run);
  await run.stop();
  const section = providerSection(run, results);
  console.log(section);
  if (only === undefined) {
    const sections = sectionsOf(readFileSync(DOCUMENT, 'utf8'));
    writeFileSync(DOCUMENT, providersDocument(sections.set(run.provider, section)));
  }
  const outcomes = [...results.groups, ...results.variants].flatMap((part) => part.outcomes);
  const failed = outcomes.filter((outcome) => !held(outcome));
  for (const { name: called, result } of failed) console.error(`${called}: ${describeResult(result)}`);
  console.error(
    `${run.provider}: ${outcomes.length - failed.length} of ${outcomes.length} held. The engine's log: ${logFile}`,
  );
  broken += failed.length;
}
process.exit(broken === 0 ? 0 : 1);
