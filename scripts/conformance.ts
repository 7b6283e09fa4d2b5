/**
 * Holds every provider to the conformance suite, prints what came of it and writes docs/providers.md.
 *
 *   npm run conformance
 *   npm run conformance -- 'reset before'    # only the scenarios of that name; writes nothing
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { all2paySubject, startConformance } from '../conformance/index.js';
import { providersDocument } from '../conformance/report/document.js';
import { describeResult, held, resultsOf } from '../conformance/report/results.js';

const words = process.argv.slice(2).join(' ');
const only = words === '' ? undefined : new RegExp(words);
const logFile = join(mkdtempSync(join(tmpdir(), 'payouts-conformance-')), 'engine.log');

const run = await startConformance(all2paySubject, { logFile, only });
const results = await resultsOf(run);
await run.stop();
const document = providersDocument([{ run, results }]);
if (only === undefined) writeFileSync(new URL('../docs/providers.md', import.meta.url), document);
console.log(document);

const outcomes = [...results.groups, ...results.variants].flatMap((part) => part.outcomes);
const broken = outcomes.filter((outcome) => !held(outcome));
for (const { name, result } of broken) console.error(`${name}: ${describeResult(result)}`);
console.error(`${outcomes.length - broken.length} of ${outcomes.length} held. The engine's log: ${logFile}`);
process.exit(broken.length === 0 ? 0 : 1);
