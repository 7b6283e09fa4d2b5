import { setTimeout as sleep } from 'node:timers/promises';
import { JournalUnavailableError } from '../journal/errors.js';

/** How long to hold on to an answer that the journal cannot take; after that it is asked for again. */
const KEEP_ANSWER_MS = 20_000;

/** An answer is precious: losing it costs a status query at best. So it outlives a short outage of the journal. */
export async function keepAnswer<Written>(write: () => Promise<Written>): Promise<Written> {
  const giveUpAt = Date.now() + KEEP_ANSWER_MS;
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof JournalUnavailableError) || Date.now() > giveUpAt) throw error;
      await sleep(500);
    }
  }
}
