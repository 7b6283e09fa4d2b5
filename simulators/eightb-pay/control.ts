/** The switches for tests and demos: no part of the provider. 8b.world /pay §10. */
import type { Bank } from './bank.js';
import type { CallbackRecord, Callbacks, SendHow, SentCallback } from './callbacks.js';
import type { Clock } from './clock.js';
import type { PayFault } from './fault.js';
import type { Faults } from './faults.js';
import type { Ledger } from './ledger.js';
import type { Order, Transaction } from './order.js';
import type { RequestCounts, RequestInfo, RequestLog } from './request-log.js';
import { readCard, type TypedCard } from './test-cards.js';
import { orderView, type PayOrderView } from './views.js';

export interface EightbPayControl {
  /** Undefined if the provider knows no such order. */
  order(reference: string): PayOrderView | undefined;
  orders(): readonly PayOrderView[];
  requests(reference?: string): { readonly counts: RequestCounts; readonly requests: readonly RequestInfo[] };
  callbacks(reference?: string): readonly CallbackRecord[];
  inject(...faults: readonly PayFault[]): void;
  /** Forgets orders, requests and faults. */
  reset(): void;
  /** Puts the provider's clock forward, in ms; what is due by then happens at once. */
  advance(ms: number): void;
  /** To the end of the order. */
  expire(reference: string): void;
  /** This order alone is over, at once: nobody can pay it any more, and what was begun has expired (98). */
  endOrder(reference: string): void;
  /** The hold of the order's last transaction runs out at the issuer (2). */
  releaseHold(reference: string): void;
  /** One try of the payer without a browser, whatever the page would say; the answer is the transaction's id. */
  pay(reference: string, card?: Partial<TypedCard>): string;
  /** The payer's answer to the 3-D Secure of the order's last transaction. */
  answerChallenge(reference: string, approve: boolean): void;
  /** Sends the callback of the order's last transaction now, once. `url` replaces the configured one. */
  callback(reference: string, how?: SendHow): Promise<SentCallback>;
  /** A well signed callback of an order that the provider itself does not know. */
  strayCallback(of: SendHow & { readonly apiKey: string; readonly reference: string }): Promise<SentCallback>;
}

export interface ControlParts {
  readonly ledger: Ledger;
  readonly bank: Bank;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly callbacks: Callbacks;
}

const CARD: TypedCard = { number: '4111111111111111', expiry: '12/49', cvv: '123' };
const STRAY = { id: 9_999, status: '3', amount: 100, currency: 'USD', createdAt: 0 } as const;
const STRAY_CARD = { pan6: '411111', pan4: '1111', holder: 'TEST HOLDER' };

export function createControl(parts: ControlParts): EightbPayControl {
  const { ledger, bank, clock, faults, requests, callbacks } = parts;

  function named(reference: string): Order {
    const [order, other] = ledger.orders().filter((one) => one.reference === reference);
    if (!order || other) throw new Error(`${other ? 'Several shops have an' : 'No'} order ${reference}.`);
    return order;
  }

  function lastOf(reference: string): Transaction {
    const { apiKey } = named(reference);
    const last = ledger.transactionsOf(apiKey, reference).at(-1);
    if (!last) throw new Error(`Nobody has tried to pay order ${reference}.`);
    return last;
  }

  async function sent(transaction: Transaction, how: SendHow | undefined): Promise<SentCallback> {
    const answer = await callbacks.sendNow(transaction, how);
    if (!answer) throw new Error('This shop has no callback URL: name one as url.');
    return answer;
  }

  return {
    order: (reference) => {
      const found = ledger.orders().find((one) => one.reference === reference);
      return found && orderView(found, ledger);
    },
    orders: () => ledger.orders().map((order) => orderView(order, ledger)),
    requests: (reference) => ({ counts: requests.counts(reference), requests: requests.of(reference) }),
    callbacks: (reference) => callbacks.records(reference),
    inject: (...given) => {
      for (const fault of given) faults.inject(fault);
    },
    reset: () => {
      ledger.reset();
      requests.clear();
      faults.clear();
    },
    advance: (ms) => clock.advance(ms),
    expire: (reference) => clock.advance(Math.max(0, named(reference).expiresAt - clock.now() + 1)),
    endOrder: (reference) => {
      const order = ledger.saveOrder({ ...named(reference), expiresAt: clock.now() });
      for (const one of ledger.transactionsOf(order.apiKey, reference)) {
        if (one.status === '0') bank.move(one, '98');
      }
    },
    releaseHold: (reference) => {
      const held = lastOf(reference);
      if (held.status !== '1') throw new Error(`Nothing is held for order ${reference}.`);
      bank.move(held, '2', 'release');
    },
    pay: (reference, card) => {
      const read = readCard({ ...CARD, ...card }, clock.now());
      if (!read) throw new Error('This is no test card.');
      return String(bank.charge(named(reference), read.card, read.outcome).id);
    },
    answerChallenge: (reference, approve) => void bank.answerChallenge(lastOf(reference), approve),
    callback: (reference, how) => sent(lastOf(reference), how),
    strayCallback: ({ apiKey, reference, ...how }) =>
      sent({ ...STRAY, apiKey, reference, card: STRAY_CARD, bookings: [], refundedSystem: 0 }, how),
  };
}
