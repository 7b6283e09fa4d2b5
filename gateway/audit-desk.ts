import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isConflict } from '../client/errors.js';
import { keyActor } from '../domain/actor.js';
import { MERCHANT_PATTERN, type MerchantId } from '../domain/ids.js';
import type { Powers } from '../domain/roles.js';
import type { AuditNote, AuditOutcome, AuditTrail } from '../journal/audit/port.js';
import { holdsCardNumber } from '../schemas/card-lookalike.js';
import { doerOf } from './caller.js';
import type { GatewayLog } from './deps.js';
import { ForbiddenError, PaymentNotResolvedError, RefusedCommandError } from './errors.js';
import { isNotFound } from './problem-details.js';

/** How many refusals of one actor are written down within a minute: what somebody repeats without end is one thing. */
const PER_MINUTE = 60;
const MINUTE_MS = 60_000;

/** Writes down what came to nothing. What was done stands in the same statement as the deed. */
export interface AuditDesk {
  /** Commands that are denied or refused on routes of this plugin. */
  watch(app: FastifyInstance): void;
  /** A secret that opens nothing any more was tried. */
  denied(request: FastifyRequest, actor: string, powers: Powers): void;
}

export function createAuditDesk(trail: AuditTrail, log: GatewayLog): AuditDesk {
  const counts = new Map<string, number>();
  let minute = 0;

  /** The answer does not wait for it: it would tell by its time what there is. */
  function write(note: AuditNote): void {
    const now = Math.floor(performance.now() / MINUTE_MS);
    if (now !== minute) counts.clear();
    minute = now;
    const count = (counts.get(note.actor) ?? 0) + 1;
    counts.set(note.actor, count);
    if (count > PER_MINUTE) return;
    trail.note(note).catch((error: unknown) => {
      const { message } = error instanceof Error ? error : { message: 'unknown error' };
      log.error('audit not written', { requestId: note.requestId, action: note.action, error: message });
    });
  }

  return {
    watch(app) {
      app.addHook('onError', async (request, _reply, error) => {
        const key = request.apiKey;
        const outcome = key && outcomeOf(request, error, key);
        if (outcome) write(noteOf(request, keyActor(key), key, outcome));
      });
    },
    denied: (request, actor, powers) => write(noteOf(request, actor, powers, 'denied')),
  };
}

function outcomeOf(request: FastifyRequest, error: unknown, { merchant }: Powers): AuditOutcome | undefined {
  if (error instanceof ForbiddenError) return 'denied';
  const named = merchantIn(request);
  if (merchant !== undefined && named !== undefined && named !== merchant) return 'denied';
  if (request.method === 'GET') return undefined;
  // A cancel that the run itself refused stands in the payout's history.
  if (error instanceof RefusedCommandError) return error.told ? undefined : 'refused';
  const isRefusal = error instanceof PaymentNotResolvedError || isConflict(error) || isNotFound(error);
  return isRefusal ? 'refused' : undefined;
}

function noteOf(
  request: FastifyRequest,
  actor: string,
  { merchant: own }: Powers,
  outcome: AuditOutcome,
): AuditNote {
  const merchant = own ?? merchantIn(request);
  return {
    ...{ actor, outcome, requestId: request.id, action: actionOf(request), subject: subjectOf(request) },
    merchant,
    reason: textIn(request.body, 'reason') ?? textIn(request.query, 'reason'),
  };
}

/** Before something is shown that only few may see. Where that cannot be written down, it is not shown. */
export async function noteReading(
  trail: AuditTrail,
  request: FastifyRequest,
  { merchant, subject }: Pick<AuditNote, 'merchant' | 'subject'> = {},
): Promise<void> {
  await trail.note({ ...doerOf(request), action: actionOf(request), merchant, subject, outcome: 'done' });
}

function actionOf({ routeOptions }: FastifyRequest): string {
  return routeOptions.schema?.operationId ?? routeOptions.url ?? 'unknown';
}

/** In the words of the other lines of the audit; what is in no address stands for all of its kind. */
function subjectOf({ params, routeOptions }: FastifyRequest): string | undefined {
  const kind = KINDS[routeOptions.url?.split('/')[2] ?? ''] ?? 'id';
  const named = Object.entries(typeof params === 'object' && params !== null ? params : {});
  const words = named.map(
    ([name, value]) => `${SUBJECTS[name] ?? kind} ${shown(String(value).slice(0, 100))}`,
  );
  return words.length === 0 ? undefined : words.join(', ');
}

const SUBJECTS: Readonly<Record<string, string>> = {
  payoutId: 'payout',
  paymentId: 'payment',
  operationId: 'operation',
  storedCardId: 'stored card',
  account: 'account',
};

/** What an address calls `:id`. */
const KINDS: Readonly<Record<string, string>> = {
  'api-keys': 'api key',
  callbacks: 'callback',
  notices: 'notice',
  stops: 'stop',
};

/** What was denied was not looked at, and may hold anything. */
function shown(text: string): string {
  return holdsCardNumber(text) ? '(looks like a card number)' : text;
}

function merchantIn({ body, query }: FastifyRequest): MerchantId | undefined {
  const named = textIn(body, 'merchant') ?? textIn(query, 'merchant');
  return named !== undefined && MERCHANT_PATTERN.test(named) ? (named as MerchantId) : undefined;
}

function textIn(from: unknown, name: string): string | undefined {
  const value: unknown = typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined;
  return typeof value === 'string' ? shown(value.slice(0, 500)) : undefined;
}
