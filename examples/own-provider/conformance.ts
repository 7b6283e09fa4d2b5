/**
 * Holds Pocket Pay to the conformance suite and prints what does not hold.
 *
 *   npm run build
 *   npx tsx examples/own-provider/conformance.ts              # every scenario
 *   npx tsx examples/own-provider/conformance.ts 'question:'  # those of this name, a regular expression
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startConformance } from 'payout-engine/conformance';
import { pocketPaySubject } from './subject.js';

const [name] = process.argv.slice(2);
const logFile = join(mkdtempSync(join(tmpdir(), 'pocket-pay-')), 'engine.log');
const started = performance.now();
const run = await startConformance(pocketPaySubject, { logFile, only: name ? new RegExp(name) : undefined });

const counts = { played: 0, broken: 0, lacking: 0 };
for (const { name: scenario, expected, result } of run.groups.flatMap(({ rows }) => rows)) {
  const found = await result;
  const problems = found.kind === 'lacking' ? [] : found.problems;
  counts[problems.length > 0 ? 'broken' : found.kind] += 1;
  if (problems.length > 0) console.log(`${scenario} (expected ${expected}): ${problems.join('; ')}`);
}
await run.stop();

const seconds = Math.round((performance.now() - started) / 1000);
console.log(`${counts.played} held, ${counts.broken} did not, ${counts.lacking} not played; ${seconds} s`);
console.log(`The engine's log: ${logFile}`);
process.exitCode = counts.broken === 0 ? 0 : 1;
