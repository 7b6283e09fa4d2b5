import type { Stage } from '../stage/start-stage.js';
import { queryJournal } from './query-journal.js';

/** Everything that ever came into review and of which nobody was told. */
export async function untoldReviews({ databaseUrl, dutyPhone }: Stage): Promise<string[]> {
  const reviewed = await queryJournal<{ readonly id: string }>(
    databaseUrl,
    `select payout_id as id from payout_events where to_status = 'in_review'
     union select payment_id from payment_events where to_status = 'in_review'`,
  );
  return reviewed.filter(({ id }) => !dutyPhone.told.has(id)).map(({ id }) => `notice of ${id}'s review`);
}
