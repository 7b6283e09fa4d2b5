import { sql, type Kysely } from 'kysely';
import type { PayoutKey } from '../domain/ids.js';
import type { Tables } from './tables.js';

/** Round trips: 1. */
export async function countNotFound(
  db: Kysely<Tables>,
  { merchant, payoutId }: PayoutKey,
  number: number,
  said: 'not_found' | 'found',
): Promise<number> {
  const row = await db
    .updateTable('attempts')
    .set({ not_found_answers: said === 'not_found' ? sql<number>`not_found_answers + 1` : 0 })
    .where('merchant', '=', merchant)
    .where('payout_id', '=', payoutId)
    .where('number', '=', number)
    .returning('not_found_answers as count')
    .executeTakeFirstOrThrow();
  return row.count;
}
