/** The commands under /paynet/api. Payneteasy §2, §5 and §6. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { forbidden, page, refusal } from './answer.js';
import type { Arrived, Authentication, Method } from './authentication.js';
import { balanceAnswer } from './balance.js';
import type { Bank } from './bank.js';
import type { Callbacks } from './callbacks.js';
import type { Outcome } from './delivery.js';
import { deliver } from './delivery.js';
import { readForm } from './encoding.js';
import type { Faults } from './faults.js';
import type { Ledger } from './ledger.js';
import { readAuthorization } from './oauth.js';
import type { PayneteasySimulatorOptions } from './options.js';
import type { Order } from './order.js';
import type { Payouts } from './payouts.js';
import type { Command, RequestInfo, RequestLog } from './request-log.js';
import type { Merchant, Settings } from './settings.js';
import { notFound, statusAnswer } from './status.js';
import type { Timers } from '../timers.js';

export const BASE_PATH = '/paynet';

export interface ApiParts {
  readonly settings: Settings;
  readonly authentication: Authentication;
  readonly payouts: Payouts;
  readonly bank: Bank;
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly callbacks: Callbacks;
  readonly timers: Timers;
  readonly formUrl: (order: Order) => string | undefined;
  readonly onRequest: PayneteasySimulatorOptions['onRequest'];
}

interface Route {
  readonly path: string;
  readonly command: Command;
  readonly method: Method;
}

const ROUTES: readonly Route[] = [
  { path: 'v4/payout', command: 'payout', method: 'rsa' },
  { path: 'v4/payout-by-ref', command: 'payout-by-ref', method: 'rsa' },
  { path: 'v4/payout-check', command: 'payout-check', method: 'rsa' },
  { path: 'v4/payout-pay', command: 'payout-pay', method: 'rsa' },
  { path: 'v2/status', command: 'status', method: 'control' },
  { path: 'v4/status', command: 'status', method: 'rsa' },
  { path: 'v2/get-balance', command: 'get-balance', method: 'hmac' },
];

/** What may follow a command's path. */
const BELOW = ['/:endpoint', '/group/:endpoint'];

export function serveApi(app: FastifyInstance, parts: ApiParts): void {
  // Kept as it came: it is what was signed.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => done(null, text));
  for (const route of ROUTES) {
    const more = route.command === 'get-balance' ? ['/merchant/:endpoint', '/manager/:endpoint'] : [];
    for (const below of [...BELOW, ...more]) {
      const prefix = `${BASE_PATH}/api/${route.path}`;
      app.post(`${prefix}${below}`, (request, reply) => handle(route, prefix, request, reply, parts));
    }
  }
}

async function handle(
  { command, method }: Route,
  prefix: string,
  request: FastifyRequest,
  reply: FastifyReply,
  parts: ApiParts,
): Promise<void> {
  const { settings, authentication, faults, requests, callbacks, timers, onRequest } = parts;
  const form = readForm(typeof request.body === 'string' ? request.body : '');
  const below = (request.raw.url ?? '').slice(prefix.length + 1).split('?')[0] ?? '';
  const info = infoOf(command, form ?? {}, request, settings);
  requests.record(info);
  await onRequest?.(info);
  const variant = settings.variantOf(info.login);
  await deliver({
    ...{ reply, info, variant, timers },
    wantsJson: request.headers.accept?.includes('application/vnd.pay+json') ?? false,
    fault: faults.takeWire(info),
    knownOrderId: () => parts.ledger.find(info.login ?? '', info.clientOrderId ?? '')?.orderId,
    beforeAnswer: () => callbacks.early(info.login, info.clientOrderId),
    process: () => {
      const isForm =
        request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
      if (!form || !isForm) return page(400, 'Bad Request');
      const arrived = { request, form, below };
      const merchant = authentication.check(method, arrived);
      return merchant ? answerOf(command, arrived, merchant, parts) : forbidden(variant);
    },
  });
}

function answerOf(command: Command, { form, below }: Arrived, merchant: Merchant, parts: ApiParts): Outcome {
  const { payouts, ledger, bank, formUrl } = parts;
  switch (command) {
    case 'payout':
    case 'payout-by-ref':
    case 'payout-check':
      return payouts.create(command, below, form, merchant);
    case 'payout-pay':
      return payouts.pay(below, form, merchant);
    case 'status': {
      const { login, client_orderid: clientOrderId = '', orderid } = form;
      if (login !== merchant.login) return refusal('validation-error', 'Parameter login is wrong');
      if (orderid === undefined && merchant.variant.withoutOrderId === 'refused') {
        return refusal('validation-error', 'Parameter orderid is required', { clientOrderId });
      }
      const order = ledger.find(merchant.login, clientOrderId);
      const isIt = order !== undefined && (orderid === undefined || order.orderId === orderid);
      if (!isIt) return notFound(clientOrderId, merchant.variant);
      bank.told(order);
      return statusAnswer(order, formUrl(order), merchant.variant);
    }
    case 'get-balance':
      return balanceAnswer(below, form, merchant, ledger);
  }
}

/** Only what has the shape of an order id is kept as one. */
function infoOf(
  command: Command,
  form: Readonly<Record<string, string>>,
  { headers }: FastifyRequest,
  settings: Settings,
): RequestInfo {
  const login = readAuthorization(headers.authorization ?? '')?.login ?? form['login'];
  const named = form[settings.variantOf(login).orderIdField] ?? form['client_orderid'];
  return {
    command,
    login: login?.slice(0, 64),
    clientOrderId: named !== undefined && /^[\w.-]{1,128}$/.test(named) ? named : undefined,
  };
}
