import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from './stage/start-stage.js';
import { standingOf } from './verdict/standing.js';
import { openWorkflows } from './verdict/workflows.js';

const EVERY_MS = 1_000;

/** Waits until all have ended or wait for a person and no callback or notice is under way, or until the time is over. */
export async function settle(stage: Stage, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  let calmRounds = 0;
  // Callbacks that are held up, and what follows from them, need a moment more.
  while (Date.now() < deadline && calmRounds < 4) {
    await sleep(EVERY_MS);
    calmRounds = (await isSettled(stage)) ? calmRounds + 1 : 0;
  }
}

async function isSettled(stage: Stage): Promise<boolean> {
  const { journal } = stage;
  const { underWay, paymentsUnderWay } = await standingOf(stage);
  if (underWay > 0 || paymentsUnderWay > 0) return false;
  const undelivered = await journal.outbox.undelivered(1);
  if (undelivered.length > 0 || (await journal.inbox.pending(0, 1)).length > 0) return false;
  return (await openWorkflows(stage)).length === 0;
}
