/** The bodies of answers about payouts. All2pay payouts document §5, §6 and §6.1. */
import type { Answer } from './answer.js';
import { refusalAnswer } from './answer.js';
import type { Addresses } from './addresses.js';
import { maskPanShort } from './card.js';
import { challengeFields } from './challenge-answer.js';
import type { JsonObject } from './fields.js';
import { operations } from './operations.js';
import type { Order } from './order.js';
import { shownStatus } from './order.js';
import { actionWords, refusal, rowOfActionCode } from './refusal.js';
import type { Variant } from './variant.js';

export interface PayoutAnswers {
  readonly registered: (order: Order) => Answer;
  /** How performPayout reports the order: rows 1-3 and 16 in their own words, everything else by its state. */
  readonly performed: (order: Order) => Answer;
  readonly status: (order: Order) => Answer;
}

export function createPayoutAnswers(
  variantOf: (login: string) => Variant,
  addresses: Addresses,
): PayoutAnswers {
  function stateOf(order: Order): JsonObject {
    const { amount, currency, orderId, orderNumber, description } = order;
    return {
      errorCode: '0',
      errorMessage: 'Success',
      amount,
      fee: variantOf(order.login).feeMinor,
      currency,
      creationDate: order.createdAt,
      orderId,
      orderNumber,
      orderStatus: shownStatus(order),
      description,
      orderParams: order.jsonParams,
      source: order.source && masked(order.source),
    };
  }

  function challenged(order: Order, mdOrder: string): Answer {
    const variant = variantOf(order.login);
    const orderStatus = variant.challengeStatus === '5' ? order.status : undefined;
    const body = { ...stateOf(order), orderStatus, ...challengeFields(mdOrder, variant, addresses) };
    return { httpStatus: 200, body };
  }

  return {
    registered: (order) => {
      const { orderNumber, orderId } = order;
      return {
        httpStatus: 200,
        body: { errorCode: '0', orderNumber, orderId, formUrl: addresses.form(order) },
      };
    },
    performed: (order) => {
      if (order.rejected) return rejectedAnswer(order);
      const row = order.status === '6' ? rowOfActionCode(order.actionCode ?? 0) : undefined;
      if (row !== undefined) return refusalAnswer(refusal(row), order.orderNumber, order.status);
      if (order.status === '5' && order.challenge) return challenged(order, order.challenge.mdOrder);
      const operationList = operations(order, variantOf(order.login), 'pan');
      const target = { maskedPan: order.target?.maskedPan, ...otherTargetFields(order) };
      return { httpStatus: 200, body: { ...stateOf(order), operationList, target } };
    },
    status: (order) => {
      if (order.rejected) return rejectedAnswer(order);
      const { actionCode, target } = order;
      const maskedPan = target?.maskedPan && maskPanShort(target.maskedPan);
      const operationList = operations(order, variantOf(order.login), 'panMaskedTo');
      const body = {
        ...stateOf(order),
        actionCode,
        actionCodeDescription: actionCode === undefined ? undefined : actionWords(actionCode),
        operationList: operationList.length > 0 ? operationList : undefined,
        orderParams: { ...order.jsonParams, mdOrder_svip: order.bankOrderId },
        target: target && { maskedPan, ...otherTargetFields(order) },
      };
      return { httpStatus: 200, body };
    },
  };
}

export function rejectedAnswer({ orderNumber }: { readonly orderNumber: string }): Answer {
  return refusalAnswer(refusal(16, orderNumber), orderNumber);
}

function masked({ bindingId, maskedPan, clientId }: NonNullable<Order['source']>): JsonObject {
  return { bindingId, clientId, maskedPan: maskedPan && maskPanShort(maskedPan) };
}

function otherTargetFields(order: Order): JsonObject {
  return {
    maskedPhone: order.target?.maskedPhone,
    bindingId: order.target?.bindingId,
    clientId: order.clientId,
  };
}
