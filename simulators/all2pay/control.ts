/** The door for tests and demos, `/sim/`: no part of the provider. All2pay payouts document §18. */
import type { FastifyInstance, FastifyRequest } from 'fastify';

import { answerChallenge } from './acs.js';
import type { Addresses } from './addresses.js';
import type { Bank } from './bank.js';
import { eventOfCard, eventOfOrder } from './callback-event.js';
import type { Callbacks } from './callbacks.js';
import type { CardOrder } from './card-order.js';
import type { Clock } from './clock.js';
import { readBinding, readFault, readSendHow } from './control-body.js';
import type { Faults } from './faults.js';
import type { JsonObject } from './fields.js';
import { isObject, requiredText } from './fields.js';
import type { Keys } from './keys.js';
import type { Ledger } from './ledger.js';
import type { Order } from './order.js';
import { Refusal } from './refusal.js';
import type { RequestLog } from './request-log.js';
import { countByMethod, countBySignature } from './request-log.js';
import type { CardStore } from './store-card.js';
import type { CardOrderView, OrderView } from './views.js';
import { cardOrderView, ledgerView, orderView } from './views.js';

export const CONTROL_PATH = '/sim';

export interface ControlParts {
  readonly ledger: Ledger;
  readonly bank: Bank;
  readonly cards: CardStore;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly callbacks: Callbacks;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly addresses: Addresses;
}

export function serveControl(app: FastifyInstance, parts: ControlParts): void {
  const { ledger, bank, cards, faults, requests, callbacks, keys, clock, addresses } = parts;
  app.setErrorHandler((error, _request, reply) => {
    const status = error instanceof Refusal ? 400 : error instanceof NotOne ? error.status : 500;
    return reply.code(status).send({ error: error instanceof Error ? error.message : String(error) });
  });

  const view = (order: Order): OrderView =>
    orderView(bank.settle(order), order.flow === 'page' ? addresses.form(order) : null);
  const cardView = (cardOrder: CardOrder): CardOrderView => cardOrderView(cards.settle(cardOrder));

  app.get(`${CONTROL_PATH}/orders/:orderNumber`, (request) => view(oneOf(request, ledger.all())));
  app.get(`${CONTROL_PATH}/cards/:orderNumber`, (request) => cardView(oneOf(request, ledger.cardOrders())));
  app.get(`${CONTROL_PATH}/ledger`, () => ledgerView(ledger, view, cardView));
  app.get(`${CONTROL_PATH}/requests`, (request) => {
    const seen = requests.of(textQuery(request, 'orderNumber'), textQuery(request, 'login'));
    return { counts: countByMethod(seen), signatures: countBySignature(seen), requests: seen };
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
  app.post(`${CONTROL_PATH}/bindings`, (request, reply) =>
    reply.code(201).send(ledger.saveBinding(readBinding(bodyOf(request)))),
  );
  app.post(`${CONTROL_PATH}/bindings/kill`, (request, reply) => {
    const bindingId = requiredText(bodyOf(request), 'bindingId', { max: 255 });
    const binding = ledger.binding(bindingId);
    if (!binding) throw new NotOne(409, `No stored card ${bindingId}.`);
    ledger.saveBinding({ ...binding, dead: true });
    return reply.code(204).send();
  });
  app.post(`${CONTROL_PATH}/challenges/:orderNumber`, (request, reply) => {
    const found = oneOf<Order | CardOrder>(request, [...ledger.all(), ...ledger.cardOrders()]);
    const { approve } = bodyOf(request);
    if (typeof approve !== 'boolean') throw new NotOne(400, 'Say approve: true or false.');
    if (!found.challenge) throw new NotOne(409, `Order ${found.orderNumber} was never asked for 3DS.`);
    answerChallenge(parts, found, approve);
    return reply.code(204).send();
  });
  app.post(`${CONTROL_PATH}/keys/rotate`, async (request, reply) => {
    await keys.rotate(bodyOf(request)['all'] === true);
    return reply.code(204).send();
  });
  app.post(`${CONTROL_PATH}/clock`, (request, reply) => {
    const { skewMs } = bodyOf(request);
    if (!Number.isInteger(skewMs)) throw new NotOne(400, 'Say skewMs in whole milliseconds.');
    clock.setSkew(skewMs as number);
    return reply.code(204).send();
  });

  /** Of an order or a card that exists. */
  app.post(`${CONTROL_PATH}/callbacks/:orderNumber`, async (request) => {
    const found = oneOf<Order | CardOrder>(request, [...ledger.all(), ...ledger.cardOrders()]);
    const event = 'flow' in found ? eventOfOrder(bank.settle(found)) : eventOfCard(cards.settle(found));
    const sent = await callbacks.sendNow(event, readSendHow(bodyOf(request)));
    if (!sent) throw new NotOne(409, 'This login has no callback URL: name one as url.');
    return sent;
  });
  /** Of an order that nobody knows. */
  app.post(`${CONTROL_PATH}/stray-callbacks`, async (request) => {
    const body = bodyOf(request);
    const login = requiredText(body, 'login', { max: 30 });
    const orderNumber = requiredText(body, 'orderNumber', { max: 64 });
    const { amount } = body;
    const sent = await callbacks.sendNow(
      {
        ...{ login, orderNumber, mdOrder: orderNumber, operation: 'deposited', ok: true },
        amount: typeof amount === 'number' ? amount : undefined,
      },
      readSendHow(body),
    );
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

/** The one of this number, of the login that the query names if several have it. */
function oneOf<Kind extends Order | CardOrder>(request: FastifyRequest, all: readonly Kind[]): Kind {
  const { orderNumber } = request.params as { readonly orderNumber: string };
  const login = textQuery(request, 'login');
  const found = all.filter(
    (one) => one.orderNumber === orderNumber && (login === undefined || one.login === login),
  );
  const [one] = found;
  if (!one) throw new NotOne(404, `No order ${orderNumber}.`);
  if (found.length > 1) throw new NotOne(409, `Several logins have an order ${orderNumber}: add ?login=.`);
  return one;
}

function bodyOf(request: FastifyRequest): JsonObject {
  return isObject(request.body) ? request.body : {};
}

function textQuery(request: FastifyRequest, name: string): string | undefined {
  const value = (request.query as JsonObject)[name];
  return typeof value === 'string' ? value : undefined;
}
