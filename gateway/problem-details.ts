import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AccountNotFoundError,
  CapabilityLackingError,
  EngineUnavailableError,
  OperationConflictError,
  PaymentConflictError,
  PaymentNotFoundError,
  PayloadKeyMissingError,
  PayoutConflictError,
  PayoutInvalidError,
  PayoutNotFoundError,
  StoredCardConflictError,
  StoredCardNotFoundError,
} from '../client/errors.js';
import { InvalidCursorError, JournalUnavailableError } from '../journal/errors.js';
import type { ProblemDetails } from '../schemas/problem-details.js';
import { TooSlowError } from './bounded.js';
import type { GatewayLog } from './deps.js';
import { shownPayment } from './shown-payment.js';
import {
  AddressRefusedError,
  ForbiddenError,
  MethodNotAllowedError,
  NotFoundError,
  PaymentNotResolvedError,
  ProviderSilentError,
  RefusedCommandError,
  TooDeepError,
  TooManyRequestsError,
  UnauthorizedError,
  UnavailableError,
} from './errors.js';

type Details = Omit<ProblemDetails, 'type' | 'instance'> & { readonly kind: string };

const RETRY_AFTER_SECONDS = '5';

const NOT_FOUND = [
  PayoutNotFoundError,
  StoredCardNotFoundError,
  PaymentNotFoundError,
  AccountNotFoundError,
  NotFoundError,
];

export function isNotFound(error: unknown): error is Error {
  return NOT_FOUND.some((kind) => error instanceof kind);
}

/** Every error that leaves the gateway, translated in this one place. Never repeats what the caller sent. */
export function toDetails(error: unknown): Details {
  if (error instanceof PayoutInvalidError) {
    const title = 'The request cannot be accepted as it is';
    return { kind: 'invalid', title, status: 422, detail: error.message, problems: [...error.problems] };
  }
  if (error instanceof PayoutConflictError) {
    const title = 'The payout id belongs to another payout';
    return { kind: 'conflict', title, status: 409, detail: error.message, original: error.original };
  }
  if (error instanceof StoredCardConflictError) {
    const title = 'The stored card id belongs to another card';
    return { kind: 'conflict', title, status: 409, detail: error.message, originalCard: error.original };
  }
  if (error instanceof PaymentConflictError) {
    const title = 'The payment id belongs to another payment';
    return {
      kind: 'conflict',
      title,
      status: 409,
      detail: error.message,
      originalPayment: shownPayment(error.original),
    };
  }
  if (error instanceof OperationConflictError) {
    const title = 'The operation id belongs to another operation';
    return { kind: 'conflict', title, status: 409, detail: error.message, originalOperation: error.original };
  }
  if (error instanceof PaymentNotResolvedError) {
    const title = 'The payment was not resolved';
    return {
      kind: 'not-resolved',
      title,
      status: 409,
      detail: error.message,
      payment: shownPayment(error.payment),
    };
  }
  if (error instanceof CapabilityLackingError) {
    return { kind: 'lacking', title: 'The provider cannot do this', status: 501, detail: error.message };
  }
  if (error instanceof ProviderSilentError) {
    return { kind: 'no-answer', title: 'The provider gave no answer', status: 502, detail: error.message };
  }
  if (error instanceof TooDeepError) {
    const detail = 'The body nests too deeply. Send one JSON object as the documentation has it.';
    return { kind: 'malformed', title: 'The request cannot be read', status: 400, detail };
  }
  if (error instanceof RefusedCommandError) {
    const done = ({ cancel: 'cancelled', resolve: 'resolved', correct: 'corrected' } as const)[error.command];
    const kind = `not-${done}`;
    const title = `The payout was not ${done}`;
    return { kind, title, status: 409, detail: error.message, payout: error.payout };
  }
  if (isNotFound(error)) {
    return { kind: 'not-found', title: 'There is no such thing', status: 404, detail: error.message };
  }
  if (error instanceof UnauthorizedError) {
    return { kind: 'unauthorized', title: 'A valid API key is needed', status: 401, detail: error.message };
  }
  if (error instanceof ForbiddenError) {
    return { kind: 'forbidden', title: 'This API key may not do this', status: 403, detail: error.message };
  }
  if (error instanceof AddressRefusedError) {
    const title = 'Requests of this kind are not taken from this address';
    return { kind: 'address-refused', title, status: 403, detail: error.message };
  }
  if (error instanceof MethodNotAllowedError) {
    const title = 'This address has no such method';
    return { kind: 'method-not-allowed', title, status: 405, detail: error.message };
  }
  if (error instanceof TooManyRequestsError) {
    return { kind: 'too-many-requests', title: 'Too many requests', status: 429, detail: error.message };
  }
  if (error instanceof InvalidCursorError) {
    const problems = [
      {
        field: 'cursor',
        problem: 'is not a cursor of this list',
        remedy: 'Give nextCursor of the page before.',
      },
    ];
    return {
      kind: 'invalid',
      title: 'The request cannot be accepted as it is',
      status: 422,
      detail: error.message,
      problems,
    };
  }
  return unavailable(error) ?? fromHttp(error);
}

function unavailable(error: unknown): Details | undefined {
  const title = 'The engine does not answer';
  if (error instanceof EngineUnavailableError) {
    return {
      kind: 'unavailable',
      title,
      status: 503,
      detail: `${error.message}. Repeat the request unchanged.`,
    };
  }
  if (error instanceof PayloadKeyMissingError) {
    const detail =
      'The gateway cannot read the answer of the engine: see its log. Repeat the request unchanged.';
    return { kind: 'unavailable', title, status: 503, detail };
  }
  if (
    error instanceof UnavailableError ||
    error instanceof JournalUnavailableError ||
    error instanceof TooSlowError
  ) {
    const detail = 'The journal does not answer. Repeat the request unchanged.';
    return { kind: 'unavailable', title, status: 503, detail };
  }
  return undefined;
}

/** What Fastify refuses by itself. Its own words are not passed on: those on bad JSON quote the body. */
function fromHttp(error: unknown): Details {
  switch (statusOf(error)) {
    case 413:
      return {
        kind: 'too-large',
        title: 'The request is too large',
        status: 413,
        detail: 'The body is larger than this address takes: 64 KiB at most, less for cards.',
      };
    case 415:
      return {
        kind: 'unsupported-media-type',
        title: 'The content type is not supported',
        status: 415,
        detail: 'Send the body as application/json.',
      };
    case 400:
      return {
        kind: 'malformed',
        title: 'The request cannot be read',
        status: 400,
        detail:
          'The body is not JSON, or the request line or a header is malformed. Send one JSON object in UTF-8.',
      };
    case 404:
      return {
        kind: 'not-found',
        title: 'There is no such thing',
        status: 404,
        detail: 'No route has this address.',
      };
    default:
      return {
        kind: 'internal',
        title: 'Something unexpected went wrong',
        status: 500,
        detail: 'The request may have had effect: repeat it unchanged, or look at the payout.',
      };
  }
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  const { statusCode } = error;
  if (typeof statusCode !== 'number') return undefined;
  return statusCode > 400 && statusCode < 500 && ![404, 413, 415].includes(statusCode) ? 400 : statusCode;
}

/** Answers an error as `application/problem+json` (RFC 9457); an unexpected one is logged, never shown. */
export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: GatewayLog,
): void {
  const { kind, ...details } = toDetails(error);
  if (details.status === 500 || details.status === 503) {
    const cause =
      error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : {};
    log.error('request failed', { requestId: request.id, status: details.status, error: cause });
  }
  if (details.status === 401) void reply.header('www-authenticate', 'Bearer realm="payouts"');
  if (error instanceof MethodNotAllowedError) void reply.header('allow', error.allowed.join(', '));
  if (error instanceof TooManyRequestsError) {
    void reply.header('retry-after', String(Math.max(1, Math.ceil(error.waitMs / 1_000))));
  }
  if (details.status === 503) void reply.header('retry-after', RETRY_AFTER_SECONDS);
  const body = { type: `urn:payout-engine:problem:${kind}`, ...details, instance: `urn:uuid:${request.id}` };
  void reply
    .code(details.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(body);
}
