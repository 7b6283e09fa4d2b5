import type { Notice, NoticeOutbox } from '../journal/outbox-port.js';
import { within } from './bounded.js';
import type { GatewayLog, HookOptions } from './deps.js';
import { hookMessage } from './hook-message.js';
import { createHookPost } from './hook-post.js';
import type { GatewayMetrics } from './metrics.js';
import { createRounds, type Rounds } from './rounds.js';

const BATCH = 50;
const AT_ONCE = 8;
const JOURNAL_MS = 15_000;

/** 10 s, 30 s … then hourly; after as many tries it has been more than a day. */
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 3_600_000;
const MAX_TRIES = 30;

/** How long after so many failed tries the next one is made; undefined: none is made. */
export function hookPause(tries: number): number | undefined {
  return tries >= MAX_TRIES ? undefined : Math.min(FIRST_PAUSE_MS * 3 ** (tries - 1), LONGEST_PAUSE_MS);
}

/**
 * Tells an operator's endpoint of reviews, corrections and contradictions, each notice at least once and on its own
 * schedule, so that one that is refused keeps no other back. Any number of gateways may pump at once.
 */
export function createHookPump(
  outbox: NoticeOutbox,
  { url, secret, allowPrivate = false, everyMs = 2_000 }: HookOptions,
  log: GatewayLog,
  metrics: GatewayMetrics,
): Rounds {
  const post = createHookPost(url, allowPrivate);

  async function round(): Promise<void> {
    try {
      const due = [...(await within(JOURNAL_MS, outbox.due(BATCH)))];
      await Promise.all(Array.from({ length: AT_ONCE }, () => drain(due)));
    } catch (error) {
      log.warn('notices cannot be read or marked', { error: wordsOf(error) });
    }
  }

  async function drain(due: Notice[]): Promise<void> {
    for (let notice = due.shift(); notice; notice = due.shift()) await tell(notice);
  }

  async function tell(notice: Notice): Promise<void> {
    const why = await post(hookMessage(notice, secret, Date.now()));
    if (why === undefined) {
      metrics.notice('delivered');
      return within(JOURNAL_MS, outbox.delivered(notice.id));
    }
    const pause = hookPause(notice.tries);
    metrics.notice(pause === undefined ? 'dead' : 'failed');
    const words = { notice: notice.id, tries: notice.tries, error: why };
    if (pause === undefined) log.error('notice given up: nobody was told', words);
    else log.warn('notice not delivered yet', words);
    await within(JOURNAL_MS, outbox.failed(notice.id, why, pause));
  }

  return createRounds(round, everyMs);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown error';
}
