import type { Stop, Stoppable } from '../domain/stop.js';
import { waiting } from './calls.js';
import { watchStoppable, type Underway } from './underway.js';

/** No stop covers it any more: what was stopped is sent by an activity of its own, with its whole budget. */
export interface Resumed {
  readonly next: 'resumed';
}

/** Waits until no stop covers a payout, payment or card any more. */
export function waitForResume(stop: Stop, { merchant, account, provider }: Stoppable): Underway<Resumed> {
  return watchStoppable(async () => {
    await waiting(stop).awaitResume({ merchant, account, provider });
    return { next: 'resumed' };
  });
}
