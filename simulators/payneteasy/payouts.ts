/** The commands that make orders and have them paid. Payneteasy §6.1 to §6.4, §9 and §10. */
import type { Answer } from './answer.js';
import { page, refusal, serialNumber } from './answer.js';
import type { Bank } from './bank.js';
import type { Outcome } from './delivery.js';
import type { Form } from './encoding.js';
import type { Ledger } from './ledger.js';
import type { Order } from './order.js';
import type { PayoutBody } from './payout-body.js';
import { Invalid, readPayout } from './payout-body.js';
import { scenarioOf } from './scenario.js';
import type { Merchant } from './settings.js';

export interface Payouts {
  create(command: Order['command'], endpoint: string, form: Form, merchant: Merchant): Outcome;
  pay(endpoint: string, form: Form, merchant: Merchant): Outcome;
}

export function createPayouts(ledger: Ledger, bank: Bank): Payouts {
  return {
    create: (command, endpoint, form, merchant) => {
      const clientOrderId = form[merchant.variant.orderIdField];
      try {
        const body = readPayout(command, form, merchant);
        const known = ledger.find(merchant.login, body.clientOrderId);
        return known ? repeated(known, merchant) : taken(command, endpoint, body, merchant);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        return refusal('validation-error', error.message, { clientOrderId });
      }
    },
    pay: (endpoint, form, merchant) => {
      const { client_orderid: clientOrderId = '', orderid = '', login = '' } = form;
      const order = ledger.find(merchant.login, clientOrderId);
      if (login !== merchant.login)
        return refusal('validation-error', 'Parameter login is wrong', { clientOrderId });
      if (!order || order.orderId !== orderid || order.endpoint !== endpoint) {
        return refusal('error', 'Order not found', { code: '5', clientOrderId });
      }
      if (order.phase !== 'ready') return notReady(order, merchant);
      const { answer } = order.scenario;
      if (answer === 'lost') return 'reset';
      bank.pay(order);
      return answered(order);
    },
  };

  function taken(command: Order['command'], endpoint: string, body: PayoutBody, merchant: Merchant): Outcome {
    const { clientOrderId, accountNumber, amountMinor } = body;
    const scenario = scenarioOf(accountNumber, amountMinor);
    if (scenario.answer === 'validation_error') {
      return refusal('validation-error', 'Parameter account_number is not valid', { clientOrderId });
    }
    // Of two steps the second is the one that moves money, and the one that is lost.
    if (scenario.answer === 'lost' && command !== 'payout-check') return 'reset';
    const order: Order = {
      ...body,
      command,
      endpoint,
      scenario,
      login: merchant.login,
      orderId: ledger.nextOrderId(),
      createdAt: Date.now(),
      status: 'processing',
      stage: 'payout_created',
      phase: 'paying',
      kind: 'payout',
      form: undefined,
      errorCode: undefined,
      errorMessage: undefined,
      bookings: [],
      callback: undefined,
    };
    ledger.add(order);
    if (command === 'payout-check') {
      bank.check(order);
      return accepted(order);
    }
    bank.execute(order);
    return answered(order);
  }

  function repeated(order: Order, { variant: { duplicateOrder } }: Merchant): Outcome {
    const { clientOrderId } = order;
    if (duplicateOrder === 'reject') {
      return refusal('error', 'Order id is a duplicate', { code: '6', clientOrderId });
    }
    if (duplicateOrder === 'execute_again' && order.command !== 'payout-check') ledger.book(order);
    return accepted(order);
  }

  function notReady(order: Order, { variant: { repeatedPay } }: Merchant): Answer {
    if (repeatedPay === 'replay' && order.phase !== 'checking') return accepted(order);
    const { clientOrderId, orderId } = order;
    const named = repeatedPay === 'reject' ? { clientOrderId } : { clientOrderId, orderId };
    return refusal('error', `Order is in the wrong stage ${order.stage}`, { code: '7', ...named });
  }
}

/** What the scenario makes of the answer to the request that moves money. */
function answered(order: Order): Answer {
  const { clientOrderId, orderId, scenario } = order;
  if (scenario.answer === 'http_500') return page(500, 'Internal Server Error');
  if (scenario.answer === 'error_with_id') {
    return refusal('error', 'Internal error, order is being processed', {
      code: '8',
      clientOrderId,
      orderId,
    });
  }
  return accepted(order);
}

function accepted({ clientOrderId, orderId, endpoint }: Order): Answer {
  return {
    httpStatus: 200,
    values: {
      type: 'async-response',
      'serial-number': serialNumber(),
      'merchant-order-id': clientOrderId,
      'paynet-order-id': orderId,
      'end-point-id': endpoint.replace('group/', ''),
    },
  };
}
