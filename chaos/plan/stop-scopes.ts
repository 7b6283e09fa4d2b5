import type { StopScope } from '../../domain/stop.js';
import { ACCOUNT_IDS, providerOf } from '../stage/accounts.js';
import { MERCHANTS } from './obligations.js';

/** By turns: everything, one account, one provider, one merchant. `roll`: from 0 up to 1, which of them. */
export function stopScopeOf(turn: number, roll: number): StopScope {
  const oneOf = (values: readonly string[]): string => {
    const value = values[Math.floor(roll * values.length)];
    if (value === undefined) throw new Error('There is nothing to stop');
    return value;
  };
  switch (turn % 4) {
    case 0:
      return { kind: 'all' };
    case 1:
      return { kind: 'account', value: oneOf(ACCOUNT_IDS) };
    case 2:
      return { kind: 'provider', value: oneOf([...new Set(ACCOUNT_IDS.map(providerOf))]) };
    default:
      return { kind: 'merchant', value: oneOf(MERCHANTS) };
  }
}

/** What was asked for, of a payout or a payment. */
export interface Asked {
  readonly merchant: string;
  readonly account: string;
  readonly orderId: string;
}

/** Whether a stop holds the money of the order that a request names. Of everything: that of a request without a name, too. */
export function coverageOf(
  scope: StopScope,
  asked: readonly Asked[],
): (order: string | undefined) => boolean {
  if (scope.kind === 'all') return () => true;
  const isCovered = (one: Asked): boolean =>
    scope.value === (scope.kind === 'provider' ? providerOf(one.account) : one[scope.kind]);
  const orders = new Set(asked.filter(isCovered).map(({ orderId }) => orderId));
  return (order) => order !== undefined && orders.has(order);
}
