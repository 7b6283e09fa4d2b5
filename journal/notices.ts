import { sql, type RawBuilder } from 'kysely';
import { isPerson } from '../domain/actor.js';
import { toJson } from './json.js';
import type { NoticeKind } from './outbox-port.js';
import type { HistoryLine } from './port.js';

type LoggedEvent = Omit<HistoryLine<string, string>, 'sequence' | 'at'>;

interface NoticeToWrite {
  readonly sequence: number;
  readonly kind: NoticeKind;
  readonly from_status?: string | undefined;
  readonly to_status?: string | undefined;
  /** Where the event itself has none: that of the row as it then is. */
  readonly reason?: object | undefined;
  /** A person's event, whose words are not told. */
  readonly personal: boolean;
}

/** Which of these events an operator is told of: reviews, corrections, contradictions after the end. */
export function noticesOf(version: number, events: readonly LoggedEvent[]): readonly NoticeToWrite[] {
  return events.flatMap((event, index) => {
    const kind = kindOf(event);
    if (kind === undefined) return [];
    const { from, to, actor } = event;
    const personal = isPerson(actor);
    const reason = reasonOf(event, personal);
    return [{ sequence: version + 1 + index, kind, from_status: from, to_status: to, reason, personal }];
  });
}

function kindOf({ type, from, to }: LoggedEvent): NoticeKind | undefined {
  if (to === 'in_review') return 'review_entered';
  if (from === 'in_review') return 'review_left';
  return type === 'correction' || type === 'contradiction' ? type : undefined;
}

/** A provider's words come without personal data; what a person typed may hold some, so its code stands alone. */
function reasonOf({ data }: LoggedEvent, personal: boolean): object | undefined {
  if (typeof data !== 'object' || data === null || !('code' in data)) return undefined;
  return { code: data.code, message: 'message' in data && !personal ? data.message : undefined };
}

/** Goes into the statement that writes the events, after its update `changed`; nothing where nobody is to be told. */
export function withNotices(
  subject: 'payout' | 'payment',
  id: 'payout_id' | 'payment_id',
  notices: readonly NoticeToWrite[],
): RawBuilder<unknown> {
  if (notices.length === 0) return sql``;
  return sql`, noticed as (
      insert into notices
        (subject, merchant, subject_id, sequence, account, order_id, kind, from_status, to_status, reason)
      select ${subject}::text, c.merchant, c.${sql.ref(id)}, n.sequence, c.account, c.order_id, n.kind,
        coalesce(n.from_status, c.status), coalesce(n.to_status, c.status),
        case when n.personal then n.reason else coalesce(n.reason, c.reason) end
      from changed c, jsonb_to_recordset(${toJson(notices)}::jsonb) as n (sequence integer, kind text,
        from_status text, to_status text, reason jsonb, personal boolean)
    )`;
}
