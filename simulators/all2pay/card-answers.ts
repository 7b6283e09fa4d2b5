/** The bodies of answers about storing a card. All2pay payouts document §7a "Response 1" and "Response 2", §6.1. */
import type { Addresses } from './addresses.js';
import type { Answer } from './answer.js';
import { rejectedAnswer } from './answers.js';
import type { CardOrder, CardOrderState } from './card-order.js';
import { directionOf } from './card-order.js';
import { maskPanShort } from './card.js';
import { challengeFields } from './challenge-answer.js';
import type { JsonObject } from './fields.js';
import type { OrderStatus } from './order.js';
import { actionWords } from './refusal.js';
import type { Variant } from './variant.js';

export interface CardAnswers {
  /** What the storing method says: response 1 while 3DS is awaited, else response 2. */
  readonly stored: (cardOrder: CardOrder) => Answer;
  /** What getPayoutStatus says. */
  readonly status: (cardOrder: CardOrder) => Answer;
}

type Known = Exclude<CardOrderState, 'rejected'>;
const STATUS: Readonly<Record<Known, OrderStatus>> = {
  awaiting3ds: '5',
  active: '2',
  failed: '6',
  expired: '6',
};
const ACTION_CODES: Readonly<Record<Known, number | undefined>> = {
  awaiting3ds: undefined,
  active: 0,
  failed: -2006,
  expired: -2007,
};

export function createCardAnswers(variantOf: (login: string) => Variant, addresses: Addresses): CardAnswers {
  function cardFields(cardOrder: CardOrder): JsonObject {
    const { bindingId, clientId, maskedPan, method } = cardOrder;
    const { orderType } = variantOf(cardOrder.login);
    const types = { byMethod: method, alwaysSource: 'createSourceBindingId', absent: undefined };
    return { bindingId, clientId, maskedPan: maskPanShort(maskedPan), orderType: types[orderType] };
  }

  /** The child merchant is named only where one stored the card; a source card always belongs to somebody. */
  function ownerFields({ login, method, merchantLogin }: CardOrder): JsonObject {
    return { merchantLogin: method === 'createSourceBindingId' ? (merchantLogin ?? login) : merchantLogin };
  }

  return {
    stored: (cardOrder) => {
      const { login, state, orderNumber, orderId, challenge } = cardOrder;
      if (state === 'rejected') return rejectedAnswer(cardOrder);
      if (state === 'awaiting3ds' && challenge) {
        const fields = challengeFields(challenge.mdOrder, variantOf(login), addresses);
        return { httpStatus: 200, body: { errorCode: '0', orderNumber, ...fields } };
      }
      // Without the card there is nothing else to tell failure by than the status.
      const failed = state === 'active' ? {} : { orderStatus: STATUS[state] };
      const words = { errorCode: '0', errorMessage: state === 'active' ? 'SUCCESS' : 'Card was not stored' };
      return {
        httpStatus: 200,
        body: {
          ...words,
          ...failed,
          ...cardFields(cardOrder),
          ...ownerFields(cardOrder),
          orderId,
          orderNumber,
        },
      };
    },
    status: (cardOrder) => {
      const { login, state, orderNumber, orderId, createdAt } = cardOrder;
      if (state === 'rejected') return rejectedAnswer(cardOrder);
      const actionCode = ACTION_CODES[state];
      const fields = cardFields(cardOrder);
      const nested = variantOf(login).bindingFields === 'nested';
      return {
        httpStatus: 200,
        body: {
          ...{ errorCode: '0', errorMessage: 'Success', amount: 0, currency: '643', creationDate: createdAt },
          ...{ orderId, orderNumber, orderStatus: STATUS[state], actionCode },
          actionCodeDescription: actionCode === undefined ? undefined : actionWords(actionCode),
          ...(nested ? { [directionOf(cardOrder)]: fields } : fields),
          ...ownerFields(cardOrder),
        },
      };
    },
  };
}
