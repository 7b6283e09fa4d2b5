import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import { describeDestination } from '../domain/destination.js';
import { workflowIdOf, WORKFLOW_TASK_QUEUE } from '../domain/ids.js';
import { formatMoney } from '../domain/money.js';
import type { SealedPayoutRequest } from '../domain/payout-request.js';

/** How a payout's workflow is named, found and shown. No personal data: search attributes and ids are readable. */
export function payoutStartOptions(request: SealedPayoutRequest): {
  workflowId: string;
  taskQueue: string;
  staticSummary: string;
  typedSearchAttributes: SearchAttributePair[];
} {
  const { merchant, account, amount, destination, batch } = request;
  return {
    workflowId: workflowIdOf(request),
    taskQueue: WORKFLOW_TASK_QUEUE,
    staticSummary: `${formatMoney(amount)} to ${describeDestination(destination)} by ${account}`,
    typedSearchAttributes: [
      keyword('PayoutStatus', 'created'),
      keyword('PayoutMerchant', merchant),
      keyword('PayoutAccount', account),
      keyword('PayoutCurrency', amount.currency),
      { key: defineSearchAttributeKey('PayoutAmount', 'INT'), value: amount.minor },
      ...(batch === undefined ? [] : [keyword('PayoutBatch', batch)]),
    ],
  };
}

function keyword(name: string, value: string): SearchAttributePair {
  return { key: defineSearchAttributeKey(name, 'KEYWORD'), value };
}
