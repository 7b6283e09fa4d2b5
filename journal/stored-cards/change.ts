import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { StoredCardKey } from '../../domain/ids.js';
import type { StoredCardView } from '../../domain/stored-card.js';
import type { CardChange, CardPosition, CardStanding } from '../card-decision.js';
import { storable, toJsonOrNull } from '../json.js';
import { stopOf, stopsIn } from '../stops/covering.js';
import type { StoredCardRow, Tables } from '../tables.js';
import { undisturbed, type Done } from '../undisturbed.js';
import { cardAt } from './read.js';
import { cardOf } from './rows.js';

/**
 * Decides about one stored card and writes the verdict down, so that no other decision about it comes in between.
 *
 * Round trips: 1 where nothing is to be written, else 2; where another write came in between, 5 more.
 *
 * @returns the card as it then stands; undefined if there is none
 */
export async function changeCard(
  db: Kysely<Tables>,
  key: StoredCardKey,
  decide: (standing: CardStanding) => CardChange | undefined,
): Promise<StoredCardView | undefined> {
  return undisturbed(
    db,
    (on) => decideAndWrite(on, key, decide),
    (on) => cardAt(on, key).select('last_event').forUpdate().execute(),
  );
}

async function decideAndWrite(
  db: Kysely<Tables>,
  key: StoredCardKey,
  decide: (standing: CardStanding) => CardChange | undefined,
): Promise<Done<StoredCardView | undefined> | undefined> {
  const standing = await readStanding(db, key);
  if (standing === undefined) return { result: undefined };
  const verdict = decide(standing);
  if (verdict === undefined) return { result: standing.card };
  const written = await writeIfUnchanged(db, key, standing.card.version, verdict);
  return written && { result: cardOf(written) };
}

async function readStanding(db: Kysely<Tables>, key: StoredCardKey): Promise<CardStanding | undefined> {
  const row = await cardAt(db, key)
    .selectAll()
    .select(
      sql<unknown>`(
        select e.data from stored_card_events e
        where e.merchant = stored_cards.merchant and e.stored_card_id = stored_cards.stored_card_id
          and e.type = 'contradiction'
        order by e.sequence desc limit 1
      )`.as('last_contradiction'),
    )
    .select(stopOf('stored_cards').as('stop'))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { last_contradiction: lastContradiction, sent_at: sentAt } = row;
  return { card: cardOf(row), lastContradiction, isSent: sentAt !== null, ...stopsIn(row) };
}

/** One statement, and so all or nothing. */
async function writeIfUnchanged(
  db: Kysely<Tables>,
  { merchant, storedCardId }: StoredCardKey,
  version: number,
  { position, event }: CardChange,
): Promise<StoredCardRow | undefined> {
  const { rows } = await sql<StoredCardRow>`
    with changed as (
      update stored_cards
      set last_event = last_event + 1${position === undefined ? sql`` : assignments(position)}
      where merchant = ${merchant} and stored_card_id = ${storedCardId} and last_event = ${version}
      returning *
    ), logged as (
      insert into stored_card_events
        (merchant, stored_card_id, sequence, type, from_status, to_status, actor, reason, data)
      select merchant, stored_card_id, last_event, ${event.type}::text, ${event.from ?? null}::text,
        ${event.to ?? null}::text, ${storable(event.actor)}::text,
        ${event.reason === undefined ? null : storable(event.reason)}::text, ${toJsonOrNull(event.data)}::jsonb
      from changed
    )
    select * from changed`.execute(db);
  return rows[0];
}

function assignments({ status, action, reason, providerCardId }: CardPosition): RawBuilder<unknown> {
  return sql`, status = ${status}, action = ${toJsonOrNull(action)}::jsonb, reason = ${toJsonOrNull(reason)}::jsonb,
    provider_card_id = ${providerCardId === undefined ? null : storable(providerCardId)}, updated_at = now()`;
}
