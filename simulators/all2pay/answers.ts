/** The bodies of answers that are no refusals. All2pay payouts document §5, §6 and §6.1. */
import { maskPanShort } from './card.js';
import type { JsonObject } from './fields.js';
import type { Order } from './order.js';
import type { Refusal } from './refusal.js';
import { actionWords, refusal, rowOfActionCode } from './refusal.js';

export interface Answer {
  readonly httpStatus: number;
  readonly body: JsonObject;
}

export function refusalAnswer(refused: Refusal, orderNumber?: string, orderStatus?: string): Answer {
  return {
    httpStatus: refused.httpStatus,
    body: { errorCode: refused.errorCode, errorMessage: refused.message, orderNumber, orderStatus },
  };
}

export function registerAnswer(order: Order, formUrl: string): Answer {
  const { orderNumber, orderId } = order;
  return { httpStatus: 200, body: { errorCode: '0', orderNumber, orderId, formUrl } };
}

/** How performPayout reports the order: rows 1-3 and 16 in their own words, everything else by its state. */
export function performAnswer(order: Order, feeMinor: number): Answer {
  if (order.rejected) return rejectedAnswer(order);
  const row = order.status === '6' ? rowOfActionCode(order.actionCode ?? 0) : undefined;
  if (row !== undefined) return refusalAnswer(refusal(row), order.orderNumber, order.status);
  const target = { maskedPan: order.target?.maskedPan, ...otherTargetFields(order) };
  return {
    httpStatus: 200,
    body: { ...stateOf(order, feeMinor), operationList: credits(order, 'pan'), target },
  };
}

export function statusAnswer(order: Order, feeMinor: number): Answer {
  if (order.rejected) return rejectedAnswer(order);
  const { actionCode, target } = order;
  const maskedPan = target?.maskedPan && maskPanShort(target.maskedPan);
  const operationList = credits(order, 'panMaskedTo');
  const [first] = operationList;
  const check = first && {
    operationType: 'P2P_VERIFY',
    operationDate: first.operationDate,
    amount: order.amount,
  };
  return {
    httpStatus: 200,
    body: {
      ...stateOf(order, feeMinor),
      actionCode,
      actionCodeDescription: actionCode === undefined ? undefined : actionWords(actionCode),
      operationList: check
        ? [{ ...check, currency: order.currency, resultCode: 0 }, ...operationList]
        : undefined,
      orderParams: { ...order.jsonParams, mdOrder_svip: order.bankOrderId },
      target: target && { maskedPan, ...otherTargetFields(order) },
    },
  };
}

function rejectedAnswer(order: Order): Answer {
  return refusalAnswer(refusal(16, order.orderNumber), order.orderNumber);
}

function stateOf(order: Order, feeMinor: number): JsonObject {
  return {
    errorCode: '0',
    errorMessage: 'Success',
    amount: order.amount,
    fee: feeMinor,
    currency: order.currency,
    creationDate: order.createdAt,
    orderId: order.orderId,
    orderNumber: order.orderNumber,
    orderStatus: order.status,
    description: order.description,
    orderParams: order.jsonParams,
  };
}

function otherTargetFields(order: Order): JsonObject {
  return {
    maskedPhone: order.target?.maskedPhone,
    bindingId: order.target?.bindingId,
    clientId: order.clientId,
  };
}

interface Credit extends JsonObject {
  readonly operationDate: number;
}

/** One credit per booking; a declined order shows the credit that failed. */
function credits(order: Order, panName: 'pan' | 'panMaskedTo'): Credit[] {
  const common = {
    operationType: 'P2P_CREDIT',
    currency: order.currency,
    [panName]: order.target?.maskedPan,
  };
  if (order.status === '6' && order.bookings.length === 0 && order.target !== undefined) {
    const { amount, actionCode: resultCode = 5, finishedAt: operationDate = order.createdAt } = order;
    return [{ ...common, operationDate, amount, resultCode, resultCodeDescription: actionWords(resultCode) }];
  }
  return order.bookings.map(({ at, amount, refNum }) => ({
    ...common,
    operationDate: at,
    amount,
    resultCode: 0,
    resultCodeDescription: 'Payout completed',
    refNum,
  }));
}
