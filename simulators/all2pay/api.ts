/** The JSON API under /payouts/api/v2. All2pay payouts document §2, §4 and §11. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Outcome } from './answer.js';
import { refusalAnswer } from './answer.js';
import { authenticate, loginNameOf } from './authentication.js';
import type { Callbacks } from './callbacks.js';
import { deliver } from './delivery.js';
import type { Faults } from './faults.js';
import type { JsonObject } from './fields.js';
import { isObject } from './fields.js';
import type { Keys } from './keys.js';
import type { Ledger } from './ledger.js';
import type { All2paySimulatorOptions } from './options.js';
import type { Handlers } from './payouts.js';
import { Refusal, refusal } from './refusal.js';
import { requestInfo } from './request-info.js';
import type { Method, PostMethod, RequestInfo, RequestLog } from './request-log.js';
import { POST_METHODS } from './request-log.js';
import type { Settings } from './settings.js';
import type { SignatureVerdict } from './signature.js';
import { judgeSignature, requireSignature } from './signature.js';
import type { Timers } from '../timers.js';

export const API_PATH = '/payouts/api/v2';
const ECHO = 'Payout v2.3 is online in channel Payout_APIserver - node01[instance:simulator]';

export interface ApiParts {
  readonly settings: Settings;
  readonly ledger: Ledger;
  readonly handlers: Handlers;
  readonly keys: Keys;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly callbacks: Callbacks;
  readonly timers: Timers;
  /** Below the base path; null: there is none. */
  readonly balancePath: string | null;
  readonly onRequest: All2paySimulatorOptions['onRequest'];
}

export function serveApi(app: FastifyInstance, parts: ApiParts): void {
  // Whatever arrives is kept as it came: what is wrong with it, the provider's own rows must say.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes));
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    // Only what fastify itself would not read is the caller's fault; after anything else nobody knows what happened.
    const theirs = error.statusCode !== undefined && error.statusCode < 500;
    const { httpStatus, body } = refusalAnswer(refusal(theirs ? 7 : 20));
    return reply.code(httpStatus).send(body);
  });

  const get = (method: Method, path: string, process: () => Outcome | Promise<Outcome>): void => {
    app.get(`${API_PATH}/${path}`, (_request, reply) => answer({ method }, reply, parts, process));
  };
  const text = { type: 'text/plain; charset=UTF-8', content: ECHO };
  get('echo', 'echo', () => ({ answer: { httpStatus: 200, body: {}, text } }));
  get('keys', 'keys.do', async () => ({ answer: { httpStatus: 200, body: await parts.keys.published() } }));
  for (const method of POST_METHODS) {
    const path = method === 'getBalance' ? parts.balancePath : `/${method}.do`;
    if (path !== null)
      app.post(`${API_PATH}${path}`, (request, reply) => handlePost(method, request, reply, parts));
  }
}

async function handlePost(
  method: PostMethod,
  request: FastifyRequest,
  reply: FastifyReply,
  parts: ApiParts,
): Promise<void> {
  const { settings, ledger, handlers } = parts;
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const body = bodyOf(bytes);
  const claimed = loginNameOf(body ?? {});
  const { signing } = settings.logins.get(claimed ?? '') ?? {};
  const signature = judgeSignature(bytes, request.headers, signing, settings.variantOf(claimed));
  const info = { ...requestInfo(method, body ?? {}, ledger), signature };

  function call(verdict: SignatureVerdict): Outcome {
    checkHeaders(request, method);
    if (!body) throw refusal(23, method);
    const login = authenticate(body, settings.logins);
    requireSignature(method, verdict, signing, settings.variantOf(login));
    return handlers[method](login, body);
  }

  await answer(info, reply, parts, () => {
    try {
      return call(signature);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { answer: refusalAnswer(error, info.orderNumber) };
    }
  });
}

async function answer(
  info: RequestInfo,
  reply: FastifyReply,
  parts: ApiParts,
  process: () => Outcome | Promise<Outcome>,
): Promise<void> {
  const { requests, faults, callbacks, settings, timers } = parts;
  requests.record(info);
  await parts.onRequest?.(info);
  await deliver({
    ...{ reply, process, info, timers },
    fault: faults.takeWire(info),
    variant: settings.variantOf(info.login),
    beforeAnswer: () => callbacks.early(info.login, info.orderNumber),
  });
}

function bodyOf(bytes: Buffer): JsonObject | undefined {
  try {
    const body: unknown = JSON.parse(bytes.toString('utf8'));
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
