import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import { describeDestination } from '../domain/destination.js';
import {
  lateHintWorkflowIdOf,
  paymentOperationWorkflowIdOf,
  paymentWorkflowIdOf,
  storedCardWorkflowIdOf,
  workflowIdOf,
  WORKFLOW_TASK_QUEUE,
} from '../domain/ids.js';
import { formatMoney } from '../domain/money.js';
import type { PaymentOperationRequest } from '../domain/payment-operation.js';
import type { PaymentRequest } from '../domain/payment.js';
import type { SealedPayoutRequest } from '../domain/payout-request.js';
import type { SealedStoreCardRequest } from '../domain/stored-card.js';
import type { LateHintInput } from '../workflows/messages.js';

/** How a workflow is named, found and shown. No personal data: search attributes and ids are readable. */
export interface StartOptions {
  workflowId: string;
  taskQueue: string;
  staticSummary: string;
  typedSearchAttributes: SearchAttributePair[];
}

export function payoutStartOptions(request: SealedPayoutRequest): StartOptions {
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

/** The storing of a card: found by whose it is and where, not among the payouts by their status. */
export function storedCardStartOptions(request: SealedStoreCardRequest): StartOptions {
  const { merchant, account, purpose, card } = request;
  return {
    workflowId: storedCardWorkflowIdOf(request),
    taskQueue: WORKFLOW_TASK_QUEUE,
    staticSummary: `Store card ${card.masked} as ${purpose} by ${account}`,
    typedSearchAttributes: [keyword('PayoutMerchant', merchant), keyword('PayoutAccount', account)],
  };
}

/** Found like a payout: the workflow's id and type tell the two apart. */
export function paymentStartOptions(request: PaymentRequest): StartOptions {
  const { merchant, account, amount, purpose } = request;
  const what = purpose === 'payment' ? 'Take' : 'Verify a card by';
  return {
    workflowId: paymentWorkflowIdOf(request),
    taskQueue: WORKFLOW_TASK_QUEUE,
    staticSummary: `${what} ${formatMoney(amount)} by ${account}`,
    typedSearchAttributes: [
      keyword('PayoutStatus', 'created'),
      keyword('PayoutMerchant', merchant),
      keyword('PayoutAccount', account),
      keyword('PayoutCurrency', amount.currency),
      { key: defineSearchAttributeKey('PayoutAmount', 'INT'), value: amount.minor },
    ],
  };
}

export function operationStartOptions(request: PaymentOperationRequest): StartOptions {
  const { merchant, paymentId, kind, amount } = request;
  return {
    workflowId: paymentOperationWorkflowIdOf(request),
    taskQueue: WORKFLOW_TASK_QUEUE,
    staticSummary: `${kind}${amount ? ` of ${formatMoney(amount)}` : ''}: payment ${merchant}/${paymentId}`,
    typedSearchAttributes: [keyword('PayoutMerchant', merchant)],
  };
}

/** A question about a payout that has ended, named by the callback that it is asked for. */
export function lateHintStartOptions({ key, account, callbackId }: LateHintInput): StartOptions {
  const { merchant } = key;
  const whose =
    'paymentId' in key ? `payment ${merchant}/${key.paymentId}` : `payout ${merchant}/${key.payoutId}`;
  return {
    workflowId: lateHintWorkflowIdOf(key, callbackId),
    taskQueue: WORKFLOW_TASK_QUEUE,
    staticSummary: `Callback ${callbackId} came after the end of ${whose}`,
    typedSearchAttributes: [keyword('PayoutMerchant', merchant), keyword('PayoutAccount', account)],
  };
}

function keyword(name: string, value: string): SearchAttributePair {
  return { key: defineSearchAttributeKey(name, 'KEYWORD'), value };
}
