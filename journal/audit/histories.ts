import { sql, type RawBuilder } from 'kysely';

/** As in the indexes of migration 0010, letter for letter, or PostgreSQL would not use them. */
const IS_COMMAND = sql.raw(`type <> 'stopped' and actor !~ '^(engine|temporal|provider)(:|$)'`);

/** What the audit reads of a history: the commands of people and their programs, in the words of the API. */
export interface History {
  /** Tells lines of one history from those of another; also the cursor's. */
  readonly source: string;
  /** A subquery with the columns of `audit_events`, and `ref`, unique within the source. */
  readonly lines: RawBuilder<unknown>;
}

const PAYOUT_ACTION = sql.raw(`case
  when type = 'accepted' then 'createPayout'
  when type = 'cancel_refused' or to_status = 'cancelled' then 'cancelPayout'
  when type = 'correction' then 'correctPayout'
  when type in ('resolved', 'status') then 'resolvePayout' end`);

/** An operation's first event says that it is processing, every later one how it ended. */
const PAYMENT_ACTION = sql.raw(`case
  when type = 'accepted' then 'createPayment'
  when type = 'operation' and data->>'status' = 'processing' then (data->>'kind') || 'Payment'
  when type = 'operation' then 'settleOperation'
  when type in ('resolved', 'status', 'correction') then 'resolvePayment' end`);

const CARD_ACTION = sql.raw(`case
  when type = 'accepted' then 'storeCard'
  when type = 'removed' then 'removeStoredCard' end`);

const OPERATION = sql.raw(`coalesce(', operation ' || (data->>'operationId'), '')`);

export const HISTORIES: readonly History[] = [
  {
    source: 'audit',
    lines: sql`
      select at, lpad(id::text, 19, '0') as ref, actor, action, merchant, subject, reason, outcome, request_id
      from audit_events`,
  },
  { source: 'card', lines: linesOf('stored_card', CARD_ACTION, sql`'stored card ' || stored_card_id`) },
  {
    source: 'payment',
    lines: linesOf('payment', PAYMENT_ACTION, sql`'payment ' || payment_id || ${OPERATION}`),
  },
  { source: 'payout', lines: linesOf('payout', PAYOUT_ACTION, sql`'payout ' || payout_id`) },
];

function linesOf(
  subject: 'payout' | 'payment' | 'stored_card',
  action: RawBuilder<unknown>,
  words: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const id = sql.ref(`${subject}_id`);
  return sql`
    select at, merchant || '/' || ${id} || '/' || lpad(sequence::text, 9, '0') as ref, actor, ${action} as action,
      merchant, ${words} as subject, reason,
      case when type = 'cancel_refused' then 'refused' else 'done' end as outcome, null::text as request_id
    from ${sql.table(`${subject}_events`)}
    where ${IS_COMMAND} and ${action} is not null`;
}
