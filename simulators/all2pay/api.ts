/** The JSON API under /payouts/api/v2. All2pay payouts document §2, §4 and §11. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { refusalAnswer } from './answers.js';
import { authenticate, loginNameOf } from './authentication.js';
import { deliver } from './delivery.js';
import type { Faults } from './faults.js';
import type { JsonObject } from './fields.js';
import { isObject } from './fields.js';
import type { Ledger } from './ledger.js';
import type { All2paySimulatorOptions } from './options.js';
import { ORDER_NUMBER } from './payout-body.js';
import type { Outcome, Payouts } from './payouts.js';
import { Refusal, refusal } from './refusal.js';
import type { Method, RequestInfo, RequestLog } from './request-log.js';
import { METHODS } from './request-log.js';
import type { Settings } from './settings.js';
import type { Timers } from './timers.js';

export const API_PATH = '/payouts/api/v2';

export interface ApiParts {
  readonly settings: Settings;
  readonly ledger: Ledger;
  readonly payouts: Payouts;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly timers: Timers;
  readonly onRequest: All2paySimulatorOptions['onRequest'];
}

export function serveApi(app: FastifyInstance, parts: ApiParts): void {
  // Whatever arrives is kept as text: what is wrong with it, the provider's own rows must say.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => done(null, text));
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    // Only what fastify itself would not read is the caller's fault; after anything else nobody knows what happened.
    const theirs = error.statusCode !== undefined && error.statusCode < 500;
    const { httpStatus, body } = refusalAnswer(refusal(theirs ? 7 : 20));
    return reply.code(httpStatus).send(body);
  });
  app.get(`${API_PATH}/echo`, (_request, reply) =>
    reply
      .type('text/plain; charset=UTF-8')
      .send('Payout v2.3 is online in channel Payout_APIserver - node01[instance:simulator]'),
  );
  for (const method of METHODS) {
    app.post(`${API_PATH}/${method}.do`, (request, reply) => handle(method, request, reply, parts));
  }
}

async function handle(
  method: Method,
  request: FastifyRequest,
  reply: FastifyReply,
  parts: ApiParts,
): Promise<void> {
  const body = bodyOf(request);
  const info = infoOf(method, body ?? {}, parts.ledger);
  parts.requests.record(info);
  await parts.onRequest?.(info);
  const process = (): Outcome => {
    try {
      checkHeaders(request, method);
      if (!body) throw refusal(23, method);
      return parts.payouts[method](authenticate(body, parts.settings.logins), body);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { answer: refusalAnswer(error, info.orderNumber) };
    }
  };
  await deliver(reply, process, parts.faults.takeWire(info), info, parts.timers);
}

function bodyOf(request: FastifyRequest): JsonObject | undefined {
  try {
    const body: unknown = JSON.parse(String(request.body));
    return isObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

function checkHeaders({ headers }: FastifyRequest, method: Method): void {
  const normal = (value = ''): string => value.toLowerCase().replaceAll(/[\s"]/g, '');
  if (normal(headers['content-type']) !== 'application/json;charset=utf-8') throw refusal(23, method);
  if (!normal(headers.accept).split(',').includes('application/json;version=2.0')) throw refusal(7);
}

function infoOf(method: Method, body: JsonObject, ledger: Ledger): RequestInfo {
  const { orderNumber, orderId, amount } = body;
  const known = typeof orderId === 'string' ? ledger.findById(orderId) : undefined;
  // Only what has the shape of an order number: nothing else of a stranger's body is kept.
  const shaped = typeof orderNumber === 'string' && ORDER_NUMBER.pattern.test(orderNumber);
  return {
    method,
    login: loginNameOf(body)?.slice(0, 30),
    orderNumber: known?.orderNumber ?? (shaped ? orderNumber : undefined),
    orderId: known?.orderId,
    amount: typeof amount === 'number' ? amount : undefined,
  };
}
