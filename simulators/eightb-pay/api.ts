/** The endpoints of 8b.world /pay §4: a POST with a form of `data` and `sign`. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Timers } from '../timers.js';
import type { Callbacks } from './callbacks.js';
import { deliver } from './delivery.js';
import type { Answer } from './envelope.js';
import type { Faults } from './faults.js';
import type { Ledger } from './ledger.js';
import type { EightbPaySimulatorOptions } from './options.js';
import type { Handler } from './payments.js';
import { Refusal } from './refusal.js';
import type { Method, RequestInfo, RequestLog } from './request-log.js';
import { METHOD_PATHS, METHODS } from './request-log.js';
import type { Settings } from './settings.js';
import type { Claimed } from './signed-request.js';
import { authenticate, claimedBy } from './signed-request.js';

export interface ApiParts {
  readonly settings: Settings;
  readonly ledger: Ledger;
  readonly handlers: Readonly<Record<Method, Handler>>;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly callbacks: Callbacks;
  readonly timers: Timers;
  readonly onRequest: EightbPaySimulatorOptions['onRequest'];
}

export function serveApi(app: FastifyInstance, parts: ApiParts): void {
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    // Only what fastify itself would not read is the caller's fault; after anything else nobody knows what happened.
    const theirs = error.statusCode !== undefined && error.statusCode < 500;
    return reply.code(theirs ? 400 : 500).send({ success: false, error: 'bad_request' });
  });
  for (const method of METHODS) {
    app.post(METHOD_PATHS[method], (request, reply) => handle(method, request, reply, parts));
  }
}

async function handle(
  method: Method,
  request: FastifyRequest,
  reply: FastifyReply,
  parts: ApiParts,
): Promise<void> {
  const { settings, handlers, faults, requests, callbacks, timers, onRequest } = parts;
  const claimed = claimedBy(request.body);
  const info = infoOf(method, claimed, parts.ledger);
  requests.record(info);
  await onRequest?.(info);

  function process(): Answer {
    try {
      const { shop, document } = authenticate(claimed, settings);
      return handlers[method](shop, document);
    } catch (error) {
      if (error instanceof Refusal) return { kind: 'failure', refusal: error };
      throw error;
    }
  }

  await deliver({
    ...{ reply, process, timers },
    fault: faults.takeWire(info),
    shop: settings.shops.get(info.apiKey ?? ''),
    variant: settings.variantOf(info.apiKey),
    beforeAnswer: () => callbacks.early(info.reference),
  });
}

function infoOf(method: Method, { document = {} }: Claimed, ledger: Ledger): RequestInfo {
  const { api_key, reference, transaction_id } = document;
  const of = transaction_id === undefined ? undefined : ledger.transaction(Number(transaction_id))?.reference;
  return {
    method,
    apiKey: typeof api_key === 'string' ? api_key.slice(0, 255) : undefined,
    reference: of ?? (typeof reference === 'string' ? reference.slice(0, 255) : undefined),
  };
}
