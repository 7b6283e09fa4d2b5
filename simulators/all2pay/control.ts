/** The door for tests and demos, `/sim/`: no part of the provider. All2pay payouts document §18. */
import { randomUUID } from 'node:crypto';

import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { Bank } from './bank.js';
import type { Callbacks } from './callbacks.js';
import { checkPan, maskPan } from './card.js';
import { readFault } from './control-body.js';
import type { Faults } from './faults.js';
import type { JsonObject } from './fields.js';
import { isObject, optionalText, requiredText } from './fields.js';
import type { Ledger } from './ledger.js';
import type { Order } from './order.js';
import { Refusal } from './refusal.js';
import type { RequestLog } from './request-log.js';
import { countByMethod } from './request-log.js';
import type { OrderView } from './views.js';
import { ledgerView, orderView } from './views.js';

export const CONTROL_PATH = '/sim';

export interface ControlParts {
  readonly ledger: Ledger;
  readonly bank: Bank;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly callbacks: Callbacks;
  readonly formUrl: (order: Order) => string;
}

export function serveControl(app: FastifyInstance, parts: ControlParts): void {
  const { ledger, bank, faults, requests, callbacks } = parts;
  app.setErrorHandler((error, _request, reply) => {
    const status = error instanceof Refusal ? 400 : error instanceof NotOne ? error.status : 500;
    return reply.code(status).send({ error: error instanceof Error ? error.message : String(error) });
  });

  const view = (order: Order): OrderView =>
    orderView(bank.settle(order), order.flow === 'page' ? parts.formUrl(order) : null);

  function oneOrder(request: FastifyRequest): Order {
    const { orderNumber } = request.params as { readonly orderNumber: string };
    const login = textQuery(request, 'login');
    const found = ledger.named(orderNumber).filter((order) => login === undefined || order.login === login);
    const [order] = found;
    if (!order) throw new NotOne(404, `No order ${orderNumber}.`);
    if (found.length > 1) throw new NotOne(409, `Several logins have an order ${orderNumber}: add ?login=.`);
    return order;
  }

  app.get(`${CONTROL_PATH}/orders/:orderNumber`, (request) => view(oneOrder(request)));
  app.get(`${CONTROL_PATH}/ledger`, () => ledgerView(ledger, view));
  app.get(`${CONTROL_PATH}/requests`, (request) => {
    const seen = requests.of(textQuery(request, 'orderNumber'), textQuery(request, 'login'));
    return { counts: countByMethod(seen), requests: seen };
  });
  app.post(`${CONTROL_PATH}/faults`, (request, reply) => {
    const given = Array.isArray(request.body) ? (request.body as unknown[]) : [request.body];
    for (const fault of given.map(readFault)) faults.inject(fault);
    return reply.code(204).send();
  });
  app.post(`${CONTROL_PATH}/reset`, (_request, reply) => {
    ledger.reset();
    requests.clear();
    faults.clear();
    return reply.code(204).send();
  });
  app.post(`${CONTROL_PATH}/bindings`, (request, reply) => {
    const body = bodyOf(request);
    const bindingId = optionalText(body, 'bindingId', { max: 255 }) ?? randomUUID();
    const clientId = requiredText(body, 'clientId', { max: 255 });
    const maskedPan = maskPan(checkPan(body['pan'], 'pan'));
    return reply.code(201).send(ledger.saveBinding({ bindingId, clientId, maskedPan }));
  });
  app.post(`${CONTROL_PATH}/callbacks/:orderNumber`, async (request) => {
    const { status, forged, url } = bodyOf(request);
    const sent = await callbacks.sendNow(bank.settle(oneOrder(request)), {
      status: status === '0' || status === '1' ? status : undefined,
      forged: forged === true,
      url: typeof url === 'string' ? url : undefined,
    });
    if (!sent) throw new NotOne(409, 'This login has no callback URL: name one as url.');
    return sent;
  });
}

class NotOne extends Error {
  override readonly name = 'NotOne';

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

function bodyOf(request: FastifyRequest): JsonObject {
  return isObject(request.body) ? request.body : {};
}

function textQuery(request: FastifyRequest, name: string): string | undefined {
  const value = (request.query as JsonObject)[name];
  return typeof value === 'string' ? value : undefined;
}
