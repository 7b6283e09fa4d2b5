import { sql, type RawBuilder } from 'kysely';
import { toJson } from './json.js';
import type { HistoryLine } from './port.js';

type EventToLog = Omit<HistoryLine<string, string>, 'sequence' | 'at'>;

/** Events as rows, the first one following the version that a write must find unchanged. */
export function numberedFrom(version: number, events: readonly EventToLog[]): readonly object[] {
  return events.map((event, index) => ({
    sequence: version + 1 + index,
    type: event.type,
    from_status: event.from,
    to_status: event.to,
    actor: event.actor,
    reason: event.reason,
    data: event.data,
  }));
}

/** Inserts them for the row that a statement before it, named `changed`, let pass. */
export function insertedEvents(
  table: 'payout_events' | 'payment_events',
  id: 'payout_id' | 'payment_id',
  numbered: readonly object[],
): RawBuilder<unknown> {
  return sql`
      insert into ${sql.table(table)}
        (merchant, ${sql.ref(id)}, sequence, type, from_status, to_status, actor, reason, data)
      select c.merchant, c.${sql.ref(id)}, e.*
      from changed c, jsonb_to_recordset(${toJson(numbered)}::jsonb) as e (sequence integer, type text,
        from_status text, to_status text, actor text, reason text, data jsonb)
    `;
}
