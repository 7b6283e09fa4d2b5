/**
 * Records the histories that `test/histories/replay.test.ts` replays: one of each ending, from a real engine. Run it
 * after a deliberate change of the workflow, and keep the old files: runs of the old code are still in flight.
 *
 *   npm run record-histories -- v1
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { storedCardWorkflowIdOf, workflowIdOf } from '../domain/ids.js';
import { CARDS_TO_RECORD, PAYOUTS_TO_RECORD } from '../test/histories/payouts-to-record.js';
import { startTestEngine } from '../test/support/engine.js';

/** Where it was recorded is nobody's business, and no part of what is replayed. */
function impersonal(name: string, value: unknown): unknown {
  if (name === 'stackTrace') return '';
  return name === 'identity' ? 'recorded' : value;
}

const version = process.argv[2];
if (version === undefined)
  throw new Error('Name the version of the workflow code: npm run record-histories -- v2');

const engine = await startTestEngine();
for (const [name, lead] of Object.entries(PAYOUTS_TO_RECORD)) {
  await record(name, workflowIdOf(await lead(engine)));
}
for (const [name, lead] of Object.entries(CARDS_TO_RECORD)) {
  await record(name, storedCardWorkflowIdOf(await lead(engine)));
}
await engine.stop();
process.exit(0);

async function record(name: string, workflowId: string): Promise<void> {
  const history = await engine.temporal.workflow.getHandle(workflowId).fetchHistory();
  const file = new URL(`../test/histories/${version}-${name}.json`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(JSON.parse(historyToJSON(history)), impersonal, 1)}\n`);
  process.stderr.write(`${fileURLToPath(file)}: ${history.events?.length ?? 0} events\n`);
}
