import type { Attempt, HistoryLine } from './port.js';
import type { Payout } from '../domain/payout.js';
import type { AttemptRow, HistoryRow, PayoutRow } from './tables.js';
import { parseTimestamp } from './wire-types.js';

/** A row as every door shows it. Keys without a value are left out. */
export function payoutOf(row: PayoutRow): Payout {
  const { metadata } = row.request;
  return {
    merchant: row.merchant,
    payoutId: row.payout_id,
    account: row.account,
    provider: row.provider,
    orderId: row.order_id,
    amount: { minor: row.amount_minor, currency: row.currency },
    destination: row.destination,
    ...(row.card_fingerprint !== null && { cardFingerprint: row.card_fingerprint }),
    status: row.status,
    version: row.last_event,
    ...(row.action !== null && { action: row.action }),
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.reference !== null && { reference: row.reference }),
    ...(row.fee_minor !== null && { feeMinor: row.fee_minor }),
    ...(row.batch !== null && { batch: row.batch }),
    ...(metadata !== undefined && { metadata }),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** An attempt's row, also as `to_jsonb` writes it: with PostgreSQL's own form of timestamps. */
export function attemptOf(row: AttemptRow): Attempt {
  return {
    number: row.number,
    step: row.step,
    orderId: row.order_id,
    requestFingerprint: row.request_fingerprint,
    intentAt: parseTimestamp(row.intent_at),
    ...(row.answered_at !== null && { answeredAt: parseTimestamp(row.answered_at) }),
    ...(row.answer !== null && { answer: row.answer }),
    notFoundAnswers: row.not_found_answers,
  };
}

/** One line of a history, a payout's or a stored card's. */
export function eventOf<Type, Status>(row: HistoryRow<Type, Status>): HistoryLine<Type, Status> {
  return {
    sequence: row.sequence,
    at: row.at,
    type: row.type,
    ...(row.from_status !== null && { from: row.from_status }),
    ...(row.to_status !== null && { to: row.to_status }),
    actor: row.actor,
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.data !== null && { data: row.data }),
  };
}
