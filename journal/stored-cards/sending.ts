import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { StoredCardKey } from '../../domain/ids.js';
import { UnknownStoredCardError } from '../errors.js';
import type { StoredCardEvent } from './port.js';
import { isNotStopped } from '../stops/covering.js';
import type { Tables } from '../tables.js';

/**
 * Commits the intent to send, once (money rule 2). Of several at once PostgreSQL lets the first one pass; the others
 * wait for it and then find `sent_at` filled. Nothing is committed while a stop covers the card.
 *
 * Round trips: 1.
 */
export function beginStoring(db: Kysely<Tables>, key: StoredCardKey): Promise<boolean> {
  // What kept it waiting is over.
  const assignment = sql`sent_at = now(), reason = null`;
  return mark(db, key, 'sent', assignment, sql`sent_at is null and ${isNotStopped('stored_cards')}`);
}

/**
 * Takes the intent back where nothing left. Not once the provider has answered by an action: then the request reached
 * it, whatever its sender believes.
 *
 * Round trips: 1.
 */
export async function endUnsent(db: Kysely<Tables>, key: StoredCardKey): Promise<void> {
  await mark(db, key, 'unsent', sql`sent_at = null`, sql`sent_at is not null`);
}

/** In one statement: the mark, and its event if it could be made. */
async function mark(
  db: Kysely<Tables>,
  key: StoredCardKey,
  type: StoredCardEvent['type'],
  assignment: RawBuilder<unknown>,
  condition: RawBuilder<unknown>,
): Promise<boolean> {
  const here = sql`merchant = ${key.merchant} and stored_card_id = ${key.storedCardId}`;
  const { rows } = await sql<{ marked: boolean; known: boolean }>`
    with marked as (
      update stored_cards set ${assignment}, last_event = last_event + 1
      where ${here} and status = 'requested' and ${condition}
      returning merchant, stored_card_id, last_event
    ), logged as (
      insert into stored_card_events (merchant, stored_card_id, sequence, type, actor)
      select merchant, stored_card_id, last_event, ${type}::text, 'engine' from marked
    )
    select exists (select from marked) as marked, exists (select from stored_cards where ${here}) as known`.execute(
    db,
  );
  const [result] = rows;
  if (result?.known !== true) throw new UnknownStoredCardError(key);
  return result.marked;
}
