import { CURRENCIES } from '../../domain/currencies.js';
import type { OrderId } from '../../domain/ids.js';
import type { Money } from '../../domain/money.js';
import type { All2payConfig } from './config.js';
import type { All2payAnswer, All2payOperation } from './responses.js';

/** The order as we sent it. */
export interface Expected {
  readonly orderId: OrderId;
  readonly amount: Money;
}

/** Names the echoed field that differs from ours; a missing echo is no difference. */
export function differingEcho(answer: All2payAnswer, { orderId, amount }: Expected): string | undefined {
  if (answer.orderNumber !== undefined && answer.orderNumber !== orderId) return 'orderNumber';
  if (answer.amount !== undefined && answer.amount !== amount.minor) return 'amount';
  if (
    answer.currency !== undefined &&
    answer.currency.padStart(3, '0') !== CURRENCIES[amount.currency].numeric
  ) {
    return 'currency';
  }
  return undefined;
}

/**
 * Why an answer with a success status is not a success, in words; undefined when it is one
 * (All2pay payouts document §10.2; that a second credit or one of another amount is none either is our own rule).
 */
export function doubtAboutSuccess(
  answer: All2payAnswer,
  expected: Expected,
  config: Pick<All2payConfig, 'knownOperationTypes' | 'feeMode'>,
): string | undefined {
  if (answer.errorCode !== '0') return `errorCode is ${answer.errorCode ?? 'missing'}, not 0`;
  for (const echo of ['orderNumber', 'amount', 'currency'] as const) {
    if (answer[echo] === undefined) return `${echo} is missing`;
  }
  const different = differingEcho(answer, expected);
  if (different !== undefined) return `${different} differs from ours`;
  const credits = creditOperations(answer, config);
  if (credits.some(({ resultCode }) => resultCode !== undefined && resultCode !== '0')) {
    return 'a credit operation has a result code other than 0';
  }
  const done = credits.filter(isDone);
  if (done.length > 1) return 'there is more than one completed credit operation';
  const fitting = creditableAmounts(answer, expected, config);
  if (done.some(({ amount }) => amount !== undefined && !fitting.includes(amount))) {
    return 'another amount was credited';
  }
  return undefined;
}

/** The operation that moved the money to the recipient (§3: the credit with `resultCode` 0). */
export function completedCredit(
  answer: All2payAnswer,
  config: Pick<All2payConfig, 'knownOperationTypes'>,
): All2payOperation | undefined {
  return creditOperations(answer, config).find(isDone);
}

/** What the recipient may have got, in minor units (§3: whether the fee is deducted is a setting). */
function creditableAmounts(
  { fee }: All2payAnswer,
  { amount: { minor } }: Expected,
  { feeMode }: Pick<All2payConfig, 'feeMode'>,
): readonly number[] {
  return feeMode === 'deducted' && fee !== undefined ? [minor, minor - fee] : [minor];
}

function creditOperations(
  { operationList }: All2payAnswer,
  { knownOperationTypes: { credit } }: Pick<All2payConfig, 'knownOperationTypes'>,
): readonly All2payOperation[] {
  return (operationList ?? []).filter(
    ({ operationType }) => operationType !== undefined && credit.includes(operationType),
  );
}

function isDone({ resultCode }: All2payOperation): boolean {
  return resultCode === '0';
}
