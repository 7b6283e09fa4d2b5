/**
 * Records the histories that `test/histories/replay.test.ts` replays: one of each ending, from a real engine. Run it
 * after a deliberate change of a workflow, and keep the old files: runs of the old code are still in flight.
 *
 *   npm run record-histories -- v1 payouts            (or: payments)
 *   npm run record-histories -- v4 payouts review     only those whose names begin so
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { Client } from '@temporalio/client';
import {
  paymentOperationWorkflowIdOf,
  paymentWorkflowIdOf,
  storedCardWorkflowIdOf,
  workflowIdOf,
} from '../domain/ids.js';
import { OPERATIONS_TO_RECORD, PAYMENTS_TO_RECORD } from '../test/histories/payments-to-record.js';
import { CARDS_TO_RECORD, PAYOUTS_TO_RECORD } from '../test/histories/payouts-to-record.js';
import { RECORDED_KEYS } from '../test/histories/recorded-keys.js';
import { startTestEngine } from '../test/support/engine.js';
import { startPaymentsEngine } from '../test/support/payments-engine.js';

/** Where it was recorded is nobody's business, and no part of what is replayed. */
function impersonal(name: string, value: unknown): unknown {
  if (name === 'stackTrace') return '';
  return name === 'identity' ? 'recorded' : value;
}

const [, , version, kind, only = ''] = process.argv;
if (version === undefined || (kind !== 'payouts' && kind !== 'payments'))
  throw new Error('Name the version of the workflow code, and which: npm run record-histories -- v2 payouts');

// Encrypted by the keys that the replay knows.
process.env['PAYOUTS_PAYLOAD_KEYS'] = JSON.stringify(RECORDED_KEYS);
if (kind === 'payouts') await recordPayouts();
else await recordPayments();
process.exit(0);

async function recordPayouts(): Promise<void> {
  const engine = await startTestEngine();
  for (const [name, lead] of chosen(PAYOUTS_TO_RECORD)) {
    await record(engine, name, workflowIdOf(await lead(engine)));
  }
  for (const [name, lead] of chosen(CARDS_TO_RECORD)) {
    await record(engine, name, storedCardWorkflowIdOf(await lead(engine)));
  }
  await engine.stop();
}

async function recordPayments(): Promise<void> {
  const engine = await startPaymentsEngine();
  for (const [name, lead] of chosen(PAYMENTS_TO_RECORD)) {
    await record(engine, name, paymentWorkflowIdOf(await lead(engine)));
  }
  for (const [name, lead] of chosen(OPERATIONS_TO_RECORD)) {
    await record(engine, name, paymentOperationWorkflowIdOf(await lead(engine)));
  }
  await engine.stop();
}

function chosen<Lead>(leads: Readonly<Record<string, Lead>>): [name: string, lead: Lead][] {
  return Object.entries(leads).filter(([name]) => name.startsWith(only));
}

async function record({ temporal }: { temporal: Client }, name: string, workflowId: string): Promise<void> {
  const history = await temporal.workflow.getHandle(workflowId).fetchHistory();
  const file = new URL(`../test/histories/${version}-${name}.json`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(JSON.parse(historyToJSON(history)), impersonal, 1)}\n`);
  process.stderr.write(`${fileURLToPath(file)}: ${history.events?.length ?? 0} events\n`);
}
