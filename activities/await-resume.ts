import { activityInfo } from '@temporalio/activity';
import type { ActivityDeps } from './deps.js';
import { stillStopped } from './still-waiting.js';
import type { Stoppable } from '../domain/stop.js';

/** Soon, where a stop was short; a long one may cover a hundred thousand payouts, and all of them look. */
const FIRST_LOOK_MS = 2_500;
const LAST_LOOK_MS = 10_000;
/** How much longer the pause gets with the time that was waited. */
const GROWTH = 1 / 60;

/** Ends when no stop covers it any more. Each look is one attempt of this activity: no history, and no provider call. */
export async function awaitResume({ journal }: ActivityDeps, what: Stoppable): Promise<void> {
  const stop = await journal.stops.covering(what);
  if (!stop) return;
  const waitedMs = Math.max(0, Date.now() - activityInfo().scheduledTimestampMs);
  throw stillStopped(stop, Math.min(FIRST_LOOK_MS + Math.floor(waitedMs * GROWTH), LAST_LOOK_MS));
}
