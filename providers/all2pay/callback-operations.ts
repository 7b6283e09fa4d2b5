import type { All2payConfig } from './config.js';

/**
 * What the gateway family's callbacks report (All2pay payouts document §13). All but one are a reason to ask for the
 * status: a payout would presumably be `deposited`. That a stored card was switched on or off changes no order.
 */
const OPERATIONS: Readonly<Record<string, 'ask' | 'ignore'>> = {
  approved: 'ask',
  deposited: 'ask',
  reversed: 'ask',
  refunded: 'ask',
  declinedByTimeout: 'ask',
  declinedCardPresent: 'ask',
  bindingCreated: 'ask',
  bindingActivityChanged: 'ignore',
};

/** An operation that nobody named costs one query at most. */
export function asksForStatus(
  operation: string | undefined,
  { callbackOperationMap }: Pick<All2payConfig, 'callbackOperationMap'>,
): boolean {
  if (operation === undefined) return true;
  const own = Object.hasOwn(callbackOperationMap, operation) ? callbackOperationMap[operation] : undefined;
  const known = Object.hasOwn(OPERATIONS, operation) ? OPERATIONS[operation] : undefined;
  return (own ?? known) !== 'ignore';
}
