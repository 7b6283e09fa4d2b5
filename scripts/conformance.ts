/**
 * Holds every provider to the conformance suite, prints what came of it and writes docs/providers.md.
 *
 *   npm run conformance
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { all2paySubject, startConformance } from '../conformance/index.js';
import { providersDocument } from '../conformance/report/document.js';
import { describeResult, held, resultsOf } from '../conformance/report/results.js';

const [, , ...words] = process.argv;
const only = words.length > 0 ? new RegExp(words.join(' ')) : undefined;
const began = performance.now();
const logFile = join(mkdtempSync(join(tmpdir(), 'conformance-')), 'engine.log');
const run = await startConformance(all2paySubject, { logFile, only });
console.error(`started after ${Math.round(performance.now() - began)} ms; log: ${logFile}`);
const results = await resultsOf(run);
const document = providersDocument([{ run, results }]);
if (only === undefined) writeFileSync(new URL('../docs/providers.md', import.meta.url), document);
console.log(document);
const all = [...results.groups, ...results.variants].flatMap(({ outcomes }) => outcomes);
for (const outcome of all.filter((outcome) => !held(outcome)))
  console.error('BROKEN', outcome.name, describeResult(outcome.result));
console.error(`${Math.round(performance.now() - began)} ms`);
await run.stop();
process.exit(0);
