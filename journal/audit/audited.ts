import { sql, type RawBuilder } from 'kysely';
import { storable } from '../json.js';
import type { AuditNote, Doer } from './port.js';

/** Of a change that is made; words may be made of the changed row's columns. */
interface DoneNote extends Doer {
  readonly action: string;
  readonly subject: RawBuilder<unknown>;
  readonly reason?: string | RawBuilder<unknown> | undefined;
  /** @default the row's column of this name */
  readonly merchant?: RawBuilder<unknown> | undefined;
}

/** Goes into the statement that does it, after its part `changed`: one line for each row that was changed. */
export function audited({
  actor,
  requestId,
  action,
  subject,
  reason,
  merchant,
}: DoneNote): RawBuilder<unknown> {
  const why = typeof reason === 'string' ? sql`${storable(reason)}::text` : (reason ?? sql`null`);
  return sql`
    insert into audit_events (actor, action, merchant, subject, reason, outcome, request_id)
    select ${storable(actor)}::text, ${action}::text, ${merchant ?? sql`merchant`}, ${subject}, ${why}, 'done',
      ${requestId ?? null}::text
    from changed`;
}

/** A line of its own: of what changes nothing. */
export function noted({
  actor,
  requestId,
  action,
  merchant,
  subject,
  reason,
  outcome,
}: AuditNote): RawBuilder<unknown> {
  const orNull = (text: string | undefined): string | null => (text === undefined ? null : storable(text));
  return sql`
    insert into audit_events (actor, action, merchant, subject, reason, outcome, request_id)
    values (${storable(actor)}, ${action}, ${orNull(merchant)}, ${orNull(subject)}, ${orNull(reason)}, ${outcome},
      ${requestId ?? null})`;
}
