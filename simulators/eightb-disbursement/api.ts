/** The System's methods over HTTP. 8b Disbursement §5, §6. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Answer, Outcome } from './answer.js';
import { pageAnswer, refusalAnswer, write } from './answer.js';
import type { Callbacks } from './callbacks.js';
import { deliver } from './delivery.js';
import type { Faults } from './faults.js';
import type { Fields } from './form.js';
import { fieldsOf } from './form.js';
import type { Ledger } from './ledger.js';
import type { EightbDisbursementSimulatorOptions } from './options.js';
import type { Handler } from './payout.js';
import { REFUSALS, Refusal } from './refusal.js';
import { registryAnswer } from './registry.js';
import type { Method, PostMethod, RequestLog } from './request-log.js';
import { POST_METHODS } from './request-log.js';
import type { Service, Settings } from './settings.js';
import { isSigned } from './signature.js';
import type { Timers } from '../timers.js';

export interface ApiParts {
  readonly settings: Settings;
  readonly ledger: Ledger;
  readonly handlers: Readonly<Record<PostMethod, Handler>>;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly callbacks: Callbacks;
  readonly timers: Timers;
  readonly onRequest: EightbDisbursementSimulatorOptions['onRequest'];
}

const FORM = /^application\/x-www-form-urlencoded\b/i;

export function serveApi(app: FastifyInstance, parts: ApiParts): void {
  const { settings, ledger, handlers } = parts;
  // Whatever arrives is kept as it came: hashes are made over what was received.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => done(null, text));
  app.setNotFoundHandler((_request, reply) => plain(reply, pageAnswer(404, 'Not Found'), settings));
  app.setErrorHandler((_error, _request, reply) =>
    plain(reply, pageAnswer(500, 'Internal Server Error'), settings),
  );

  for (const method of POST_METHODS) {
    app.post(`/partner/:service/${method}`, (request, reply) => {
      const { service } = request.params as { service: string };
      const isForm = FORM.test(request.headers['content-type'] ?? '');
      const text = isForm && typeof request.body === 'string' ? request.body : '';
      return handle({ method, service, text, request, reply, parts, run: handlers[method] });
    });
  }

  const registry = (
    request: FastifyRequest,
    reply: FastifyReply,
    path: string | undefined,
  ): Promise<void> => {
    const text = request.url.replace(/^[^?]*\??/, '');
    const service = new URLSearchParams(text.toLowerCase()).get('service_id') ?? '';
    const run: Handler = (of, fields) => {
      if ((of.variant.registryTypeIn === 'path') !== (path !== undefined))
        return { answer: pageAnswer(404, 'Not Found') };
      return { answer: registryAnswer(path ?? fields.get('type') ?? '', fields, of, ledger) };
    };
    return handle({ method: 'payout_reestr', service, text, request, reply, parts, run });
  };
  app.get('/payout_reestr', (request, reply) => registry(request, reply, undefined));
  app.get('/reestr/:type', (request, reply) =>
    registry(request, reply, (request.params as { type: string }).type),
  );
}

interface Asked {
  readonly method: Method;
  readonly service: string;
  readonly text: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly parts: ApiParts;
  readonly run: Handler;
}

async function handle({ method, service: name, text, request, reply, parts, run }: Asked): Promise<void> {
  const { settings, requests, faults, callbacks, timers } = parts;
  const service = settings.services.get(name);
  const variant = service?.variant ?? settings.common;
  const fields = readFields(text, service, settings);
  const isValid =
    service !== undefined && fields instanceof Map && isSigned(method, fields as Fields, service);
  const id = fields instanceof Map ? (fields as Fields).get('id') : undefined;
  const info = { method, service: name, id, signature: isValid ? 'valid' : 'invalid' } as const;

  function process(): Outcome {
    try {
      if (!service) throw REFUSALS.unknownService;
      if (service.allowedIps?.includes(request.ip) === false) throw REFUSALS.accessDenied;
      if (fields instanceof Refusal) throw fields;
      if (!isValid || !isSecretRight(method, fields, service)) throw REFUSALS.invalidHash;
      return run(service, fields);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { answer: refusalAnswer(error, variant) };
    }
  }

  requests.record(info);
  await parts.onRequest?.(info);
  await deliver({
    ...{ reply, info, process, service, variant, timers },
    fault: faults.takeWire(info),
    beforeAnswer: () => callbacks.early(name, id),
  });
}

function readFields(text: string, service: Service | undefined, { common }: Settings): Fields | Refusal {
  try {
    return fieldsOf(text, service?.variant ?? common);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** The key never travels, or in every POST (§3). */
function isSecretRight(method: Method, fields: Fields, { secretKey, variant }: Service): boolean {
  const given = fields.get('secretkey');
  const wanted = variant.secretInClear === 'required' && method !== 'payout_reestr';
  return wanted ? given === secretKey : given === undefined;
}

function plain(reply: FastifyReply, answer: Answer, { common }: Settings): FastifyReply {
  const { httpStatus, type, text } = write(answer, common);
  return reply.code(httpStatus).type(type).send(text);
}
