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

let held = 0;
let broken = 0;
const lacking = new Map<string, number>();
for (const { name: scenario, expected, result } of run.groups.flatMap(({ rows }) => rows)) {
  const found = await result;
  if (found.kind === 'lacking') {
    lacking.set(found.words, (lacking.get(found.words) ?? 0) + 1);
  } else if (found.problems.length > 0) {
    broken += 1;
    console.log(`${scenario} (expected ${expected}): ${found.problems.join('; ')}`);
  } else {
    held += 1;
  }
}
await run.stop();

for (const [words, times] of lacking) console.log(`Not played, ${times} times: ${words}`);
const seconds = Math.round((performance.now() - started) / 1000);
console.log(`${held} held, ${broken} did not; ${seconds} s. The engine's log: ${logFile}`);
process.exitCode = broken === 0 && held > 0 ? 0 : 1;
