import type { PayoutRow } from '../../batch/payout-row.js';
import { maskCardNumber } from '../../domain/card.js';
import { describeDestination } from '../../domain/destination.js';
import type { Payout } from '../../domain/payout.js';
import type { RowState } from './row-state.js';

/** Every row before its turn; a row knows the first one of the same payout id. */
export function firstRowStates(rows: readonly PayoutRow[]): RowState[] {
  const firstLines = new Map<string, number>();
  return rows.map(({ line, request, expect }) => {
    const { merchant, payoutId, amount, destination } = request;
    const id = `${merchant}:${payoutId}`;
    const repeats = firstLines.get(id);
    if (repeats === undefined) firstLines.set(id, line);
    return {
      line,
      merchant,
      payoutId,
      amount,
      destination: masked(destination),
      status: 'waiting',
      expect,
      repeats,
    };
  });
}

function masked(destination: PayoutRow['request']['destination']): string {
  return 'number' in destination
    ? `card ${maskCardNumber(destination.number)}`
    : describeDestination(destination);
}

/** What a person wants to know beside the status. */
export function noteOf({ action, reason, reference, orderId }: Payout, repeats?: number): string | undefined {
  if (repeats !== undefined) return `same payout as line ${repeats}`;
  if (action !== undefined) return `open ${action.url}`;
  if (reason !== undefined) return `${reason.code}: ${withoutOrderId(reason.message, orderId)}`;
  return reference === undefined ? undefined : `ref ${reference}`;
}

/** The words without our own order id, which says nothing to a person and takes the room of what does. */
export function withoutOrderId(words: string, orderId: string): string {
  const id = orderId.replace(/[^\w]/g, '\\$&');
  return words
    .replace(new RegExp(` ?\\[${id}\\]`, 'g'), '')
    .replace(new RegExp(`(the )?\\border ${id}\\b`, 'gi'), (_, the = 'the ') => `${String(the)}order`)
    .replace(new RegExp(` ${id}\\b`, 'g'), '');
}
