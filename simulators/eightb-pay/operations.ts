/** `/pay/refund`, `/pay/void` and `/pay/complete`. 8b.world /pay §4.4. */
import type { Bank } from './bank.js';
import { toMinor } from './decimal.js';
import type { Answer } from './envelope.js';
import type { JsonObject } from './fields.js';
import type { Ledger } from './ledger.js';
import type { Status, Transaction } from './order.js';
import type { Handler } from './payments.js';
import { invalid, Refusal } from './refusal.js';
import type { Shop } from './settings.js';
import { releaseFails } from './test-cards.js';
import { systemMinor, wireItem } from './wire-transaction.js';

export interface Operations {
  readonly refund: Handler;
  readonly void: Handler;
  readonly complete: Handler;
}

export function createOperations(ledger: Ledger, bank: Bank): Operations {
  function found(shop: Shop, document: JsonObject, allowed: readonly Status[]): Transaction {
    const id = document['transaction_id'];
    if (typeof id !== 'string' && typeof id !== 'number') throw invalid('transaction_id', 'is required');
    const transaction = ledger.transaction(Number(id));
    if (transaction?.apiKey !== shop.apiKey) throw new Refusal('not_found', 'Transaction not found');
    if (!allowed.includes(transaction.status))
      throw new Refusal('invalid_status', `Not allowed in status ${transaction.status}`);
    return transaction;
  }

  function done(transaction: Transaction, shop: Shop): Answer {
    const order = wireItem(transaction, shop.variant);
    return { kind: 'document', document: { order, success: true, time_proc: '1.2sec.' } };
  }

  return {
    /** The amount is in the payment system's currency; none at all refunds the rest. */
    refund: (shop, document) => {
      const transaction = found(shop, document, ['3', '4']);
      const left = systemMinor(transaction.amount, shop.variant) - transaction.refundedSystem;
      const { amount } = document;
      const asked = amount === undefined ? left : toMinor(amount);
      if (asked === undefined) throw invalid('amount', 'must be positive with at most two decimals');
      if (asked > left || left === 0) throw new Refusal('invalid_amount', 'More than what is left');
      const rate = systemMinor(1, shop.variant);
      const refunded = { ...transaction, refundedSystem: transaction.refundedSystem + asked };
      return done(bank.move(refunded, '4', 'refund', Math.round(asked / rate)), shop);
    },
    void: (shop, document) => {
      const transaction = found(shop, document, ['1']);
      if (releaseFails(transaction.amount)) return done(bank.move(transaction, '7'), shop);
      return done(bank.move(transaction, '2', 'release'), shop);
    },
    complete: (shop, document) => done(bank.move(found(shop, document, ['1']), '3', 'capture'), shop),
  };
}
