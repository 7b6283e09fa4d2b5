/** `/pay` and `/pay/recurrent`. 8b.world /pay §4.1, §4.4 and §8. */
import { randomBytes } from 'node:crypto';

import type { Bank } from './bank.js';
import type { Clock } from './clock.js';
import type { Answer } from './envelope.js';
import type { JsonObject } from './fields.js';
import type { Ledger } from './ledger.js';
import type { Order } from './order.js';
import { readPayDocument } from './pay-document.js';
import { Refusal } from './refusal.js';
import type { Shop } from './settings.js';
import { recurrentOutcome } from './test-cards.js';
import { wireItem } from './wire-transaction.js';

export type Handler = (shop: Shop, document: JsonObject) => Answer;

export interface PaymentParts {
  readonly ledger: Ledger;
  readonly bank: Bank;
  readonly clock: Clock;
  /** The page of a session. */
  readonly pageUrl: (session: string) => string;
  /** The page itself, for a browser. */
  readonly page: (session: string) => string;
}

export function createPayments(parts: PaymentParts): { readonly pay: Handler; readonly recurrent: Handler } {
  const { ledger, bank, clock, pageUrl, page } = parts;

  /** The order with the session that this request is given. */
  function opened(order: Order, shop: Shop): Order {
    const known = ledger.order(order.apiKey, order.reference);
    if (!known) return ledger.saveOrder({ ...order, sessions: [newSession()] });
    const { sameReference } = shop.variant;
    if (known.recurrent || sameReference === 'refuse') throw duplicate();
    if (sameReference === 'newSession')
      return ledger.saveOrder({ ...known, sessions: [...known.sessions, newSession()] });
    if (known.fingerprint !== order.fingerprint) throw duplicate();
    return known;
  }

  return {
    pay: (shop, document) => {
      const { order, getUrl } = readPayDocument(document, shop, clock.now());
      const session = opened(order, shop).sessions.at(-1) ?? '';
      if (!getUrl) return { kind: 'html', httpStatus: 200, html: page(session) };
      const echo = shop.variant.echoKey ? { shop_api_key: shop.apiKey } : {};
      const answer = { session_id: session, url: pageUrl(session), flag_get_url: 1, ...echo };
      return { kind: 'document', document: answer };
    },
    recurrent: (shop, document) => {
      const { order, token } = readPayDocument(document, shop, clock.now());
      const kept = ledger.kept(shop.apiKey, token ?? '');
      if (!kept) throw new Refusal('invalid_token', 'pay_token is unknown');
      const known = ledger.order(order.apiKey, order.reference);
      // The dangerous one: nothing keeps the same reference from being charged again.
      if (known && shop.variant.sameReference !== 'newSession') throw duplicate();
      const charged = ledger.saveOrder({ ...order, recurrent: true });
      const transaction = bank.charge(charged, kept.card, recurrentOutcome(order.amount));
      const answer = { order: wireItem(transaction, shop.variant), success: true, time_proc: '1.2sec.' };
      return { kind: 'document', document: answer };
    },
  };
}

function duplicate(): Refusal {
  return new Refusal('duplicate_reference', 'reference is not unique');
}

function newSession(): string {
  return `306-${randomBytes(8).toString('hex')}`;
}
