import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { MerchantId } from '../../domain/ids.js';
import { AUDIT_CURSOR, cursorAfter, placeOf, type Place } from '../cursor.js';
import { storable } from '../json.js';
import { pageOf, pageSize } from '../page.js';
import type { Tables } from '../tables.js';
import { noted } from './audited.js';
import { HISTORIES, type History } from './histories.js';
import type { AuditEvent, AuditFilter, AuditOutcome, AuditTrail } from './port.js';

interface Line {
  readonly at: string;
  readonly source: string;
  readonly ref: string;
  readonly actor: string;
  readonly action: string;
  readonly merchant: MerchantId | null;
  readonly subject: string | null;
  readonly reason: string | null;
  readonly outcome: AuditOutcome;
  readonly request_id: string | null;
}

/** Who did what, on a database. Each method takes one round trip. */
export function createAuditTrail(db: Kysely<Tables>): AuditTrail {
  return {
    async note(note) {
      await noted(note).execute(db);
    },

    async list(filter, { limit, cursor }) {
      const size = pageSize(limit);
      const place = cursor === undefined ? undefined : placeOf(AUDIT_CURSOR, cursor);
      const pages = HISTORIES.map((history) => newestOf(history, filter, place, size + 1));
      const { rows } = await sql<Line>`
        select * from (${sql.join(pages, sql` union all `)}) as lines
        order by at desc, source desc, ref collate "C" desc limit ${size + 1}`.execute(db);
      return pageOf(rows.map(eventOf), size, ({ at, id }) => {
        const [merchant = '', ...rest] = id.split(':');
        return cursorAfter(AUDIT_CURSOR, { createdAt: at, merchant, id: rest.join(':') });
      });
    },
  };
}

/** As much of one history as the page can need: no history is read further than that. */
function newestOf(
  { source, lines }: History,
  { actor, merchant, action, since, until }: AuditFilter,
  place: Place | undefined,
  limit: number,
): RawBuilder<unknown> {
  const named = actor === undefined ? undefined : storable(actor);
  const wanted = [
    sql`true`,
    named !== undefined && sql`(actor = ${named} or starts_with(actor, ${`key:${named} `}))`,
    merchant !== undefined && sql`merchant = ${merchant}`,
    action !== undefined && sql`action = ${action}`,
    since !== undefined && sql`at >= ${since}::timestamptz`,
    until !== undefined && sql`at < ${until}::timestamptz`,
    place && sql`at <= ${place.createdAt}::timestamptz`,
    place &&
      sql`(at, ${source}::text, ref collate "C") < (${place.createdAt}::timestamptz, ${place.merchant}, ${place.id})`,
  ].filter((part) => part !== undefined && part !== false);
  return sql`(
    select ${source}::text as source, h.* from (${lines}) as h
    where ${sql.join(wanted, sql` and `)}
    order by at desc, ref collate "C" desc limit ${limit}
  )`;
}

function eventOf({
  at,
  source,
  ref,
  actor,
  action,
  merchant,
  subject,
  reason,
  outcome,
  request_id,
}: Line): AuditEvent {
  return {
    id: `${source}:${ref}`,
    at,
    actor,
    action,
    ...(merchant !== null && { merchant }),
    ...(subject !== null && { subject }),
    ...(reason !== null && { reason }),
    outcome,
    ...(request_id !== null && { requestId: request_id }),
  };
}
