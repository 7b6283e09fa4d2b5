/** getPayoutStatus, of payouts and of stored cards. All2pay payouts document §6.1 and §7a. */
import type { Outcome } from './answer.js';
import type { PayoutAnswers } from './answers.js';
import { CREDENTIAL_FIELDS } from './authentication.js';
import type { Bank } from './bank.js';
import type { CardAnswers } from './card-answers.js';
import type { JsonObject } from './fields.js';
import { optionalText, refuseOthers } from './fields.js';
import type { Ledger } from './ledger.js';
import { LANGUAGE, orderNumberRule } from './payout-body.js';
import { refusal } from './refusal.js';
import type { CardStore } from './store-card.js';
import type { Variant } from './variant.js';

export interface StatusParts {
  readonly ledger: Ledger;
  readonly bank: Bank;
  readonly cards: CardStore;
  readonly answers: PayoutAnswers;
  readonly cardAnswers: CardAnswers;
  readonly variantOf: (login: string) => Variant;
}

/** May throw a `Refusal`. */
export function createStatus(parts: StatusParts): (login: string, body: JsonObject) => Outcome {
  const { ledger, bank, cards, answers, cardAnswers, variantOf } = parts;
  return (login, body) => {
    refuseOthers(body, [...CREDENTIAL_FIELDS, 'orderId', 'orderNumber', 'language'], 'getPayoutStatus');
    optionalText(body, 'language', LANGUAGE);
    const orderId = optionalText(body, 'orderId', { max: 36 });
    const orderNumber = optionalText(body, 'orderNumber', orderNumberRule(variantOf(login)));
    if (orderId === undefined && orderNumber === undefined) throw refusal(8);

    // Where both are given, orderId wins (§3).
    const found = orderId === undefined ? ledger.find(login, orderNumber ?? '') : ledger.findById(orderId);
    if (found?.login === login && (found.hiddenUntil ?? 0) <= Date.now())
      return { answer: answers.status(bank.settle(found)) };

    const card =
      orderId === undefined
        ? ledger.findCardOrder(login, orderNumber ?? '')
        : ledger.findCardOrderById(orderId);
    const hidden =
      card?.method === 'createSourceBindingId' && variantOf(login).sourceBindingStatus === 'notFound';
    if (card?.login !== login || hidden) throw refusal(9);
    return { answer: cardAnswers.status(cards.settle(card)) };
  };
}
