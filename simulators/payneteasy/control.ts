/** The switches and the books of a running simulator, for tests and demos. */
import type { Bank } from './bank.js';
import type { Callbacks, SendHow, SentCallback } from './callbacks.js';
import type { Clock } from './clock.js';
import type { Fault } from './fault.js';
import type { Faults } from './faults.js';
import type { Ledger } from './ledger.js';
import type { Order } from './order.js';
import type { RequestCounts, RequestLog, SeenRequest } from './request-log.js';
import { countsOf } from './request-log.js';
import { scenarioOf } from './scenario.js';
import type { PayneteasyLedgerView, PayneteasyOrderView } from './views.js';
import { ledgerView, orderView } from './views.js';

export interface PayneteasyControl {
  /** Undefined if the provider knows no such order. */
  order(clientOrderId: string, login?: string): PayneteasyOrderView | undefined;
  ledger(): PayneteasyLedgerView;
  requests(
    clientOrderId?: string,
    login?: string,
  ): { readonly counts: RequestCounts; readonly requests: readonly SeenRequest[] };
  inject(...faults: Fault[]): void;
  /** The receiver's answer to the form; false if none is open. */
  answerForm(clientOrderId: string, approve: boolean, login?: string): boolean;
  /** Sends the order's callback now, once. */
  callback(clientOrderId: string, how?: SendHow & { readonly login?: string }): Promise<SentCallback>;
  /** A well signed callback of an order that the provider itself does not know. */
  strayCallback(
    of: SendHow & { readonly login: string; readonly clientOrderId: string },
  ): Promise<SentCallback>;
  /** Sets the provider's clock so far ahead of ours; negative: behind. */
  setClockSkew(ms: number): void;
  /** Forgets all orders, requests and faults. */
  reset(): void;
}

export interface ControlParts {
  readonly ledger: Ledger;
  readonly bank: Bank;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly callbacks: Callbacks;
  readonly clock: Clock;
  readonly formUrl: (order: Order) => string | undefined;
}

export function createControl(parts: ControlParts): PayneteasyControl {
  const { ledger, bank, faults, requests, callbacks, clock, formUrl } = parts;
  const view = (order: Order): PayneteasyOrderView => orderView(order, formUrl(order));

  function find(clientOrderId: string, login?: string): Order | undefined {
    const found = ledger
      .all()
      .filter(
        (order) => order.clientOrderId === clientOrderId && (login === undefined || order.login === login),
      );
    if (found.length > 1) throw new Error(`Several merchants have an order ${clientOrderId}: say which.`);
    return found[0];
  }

  function known(clientOrderId: string, login?: string): Order {
    const order = find(clientOrderId, login);
    if (!order) throw new Error(`The simulator knows no order ${clientOrderId}.`);
    return order;
  }

  async function sent(order: Order, how: SendHow): Promise<SentCallback> {
    const callback = await callbacks.sendNow(order, how);
    if (!callback) throw new Error('Nobody is to be called: name an address as url.');
    return callback;
  }

  return {
    order: (clientOrderId, login) => {
      const order = find(clientOrderId, login);
      return order && view(order);
    },
    ledger: () => ledgerView(ledger.all().map(view)),
    requests: (clientOrderId, login) => {
      const seen = requests.of(clientOrderId, login);
      return { counts: countsOf(seen), requests: seen };
    },
    inject: (...given) => {
      for (const fault of given) faults.inject(fault);
    },
    answerForm: (clientOrderId, approve, login) => bank.answerForm(known(clientOrderId, login), approve),
    callback: async (clientOrderId, { login, ...how } = {}) => sent(known(clientOrderId, login), how),
    strayCallback: ({ login, clientOrderId, ...how }) => sent(nobodysOrder(login, clientOrderId), how),
    setClockSkew: (ms) => clock.setSkew(ms),
    reset: () => {
      ledger.reset();
      requests.clear();
      faults.clear();
    },
  };
}

function nobodysOrder(login: string, clientOrderId: string): Order {
  return {
    ...{
      login,
      clientOrderId,
      orderId: '1',
      command: 'payout',
      endpoint: '1',
      amountMinor: 100,
      currency: 'USD',
    },
    ...{ destination: 'nobody', scenario: scenarioOf(undefined, 100), createdAt: Date.now() },
    ...{ serverCallbackUrl: undefined, notifyUrl: undefined, redirectUrl: undefined },
    ...{ status: 'approved', stage: 'payout_approved', phase: 'over', kind: 'payout', form: undefined },
    ...{ errorCode: undefined, errorMessage: undefined, bookings: [], callback: undefined },
  };
}
