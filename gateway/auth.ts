import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { keyActor } from '../domain/actor.js';
import type { ApiKey, ApiKeys, ExaminedSecret } from '../journal/api-keys-port.js';
import type { AuditDesk } from './audit-desk.js';
import { callerOf } from './caller.js';
import { ForbiddenError, UnauthorizedError } from './errors.js';
import type { Limits } from './limits.js';
import type { GatewayMetrics } from './metrics.js';
import { requireAny, requireByBody, type Needs } from './needs.js';

/** How long a good key is believed without asking the journal: the longest that one which is over still works. */
const BELIEVED_MS = 3_000;
const MAX_BELIEVED = 1_000;
const MAX_SECRET = 200;

/** The same words for no key, a forged one and one that is over: they tell nobody which keys there are. */
const NO_KEY =
  'Send the header "Authorization: Bearer payk_…" with a live API key. One that is unknown, expired or revoked opens ' +
  'nothing: ask an admin for another one.';

/** Who is behind a request, and may they? */
export interface Auth {
  /** Every route of this plugin needs a good key that may do what the route says (`config.needs`). */
  protect(app: FastifyInstance): void;
  /** Call after a key was revoked or rotated, so that it holds at once in this process. */
  forget(): void;
}

export function createAuth(
  apiKeys: ApiKeys,
  metrics: GatewayMetrics,
  limits: Limits,
  audit: AuditDesk,
): Auth {
  /** The keys that opened this door, by their secret's digest; asked for anew when `until` is over. */
  const believed = new Map<string, { readonly key: ApiKey; readonly until: number }>();
  /** Who comes with the same secret at once waits for one answer. */
  const asked = new Map<string, Promise<ExaminedSecret | undefined>>();

  async function keyOf(request: FastifyRequest): Promise<ApiKey> {
    const secret = /^Bearer +([^\s]+) *$/i.exec(request.headers.authorization ?? '')?.[1];
    if (secret === undefined) {
      limits.unproven(request, 'guess');
      metrics.authRefused('missing');
      throw new UnauthorizedError(NO_KEY);
    }
    const key = await verify(secret, request);
    if (!key) {
      metrics.authRefused('unknown');
      throw new UnauthorizedError(NO_KEY);
    }
    return key;
  }

  async function verify(secret: string, request: FastifyRequest): Promise<ApiKey | undefined> {
    const digest = createHash('sha256').update(secret).digest('base64');
    const now = performance.now();
    const known = believed.get(digest);
    if (known && known.until > now) return known.key;
    // Whose key opened this door before is not kept out by those who guess from the same address.
    if (!known) limits.unproven(request, 'guess');
    const examined = await examine(secret, digest);
    if (examined?.state === 'over') audit.denied(request, keyActor(examined.key), examined.key);
    if (examined?.state !== 'live') {
      believed.delete(digest);
      return undefined;
    }
    const { key } = examined;
    if (believed.size >= MAX_BELIEVED) believed.clear();
    believed.set(digest, { key, until: now + BELIEVED_MS });
    return key;
  }

  function examine(secret: string, digest: string): Promise<ExaminedSecret | undefined> {
    if (secret.length > MAX_SECRET) return Promise.resolve(undefined);
    const underWay = asked.get(digest);
    if (underWay) return underWay;
    const asking = apiKeys.examine(secret).finally(() => {
      if (asked.get(digest) === asking) asked.delete(digest);
    });
    asked.set(digest, asking);
    return asking;
  }

  function allowed(check: () => void): void {
    try {
      check();
    } catch (error) {
      if (error instanceof ForbiddenError) metrics.authRefused('role');
      throw error;
    }
  }

  return {
    protect(app) {
      app.decorateRequest('apiKey', undefined);
      app.addHook('onRequest', async (request) => {
        request.apiKey = await keyOf(request);
        limits.key(request.apiKey.id);
        allowed(() => requireAny(callerOf(request), needsOf(request)));
      });
      app.addHook('preHandler', async (request) =>
        allowed(() => requireByBody(callerOf(request), needsOf(request), request)),
      );
    },
    forget() {
      // Not who they were: a good key stays known. What is asked at this moment may be from before the change.
      for (const [digest, { key }] of believed) believed.set(digest, { key, until: -Infinity });
      asked.clear();
    },
  };
}

function needsOf({ routeOptions }: FastifyRequest): Needs {
  const { needs } = routeOptions.config;
  if (needs === undefined) throw new Error(`${routeOptions.url} does not say who may use it`);
  return needs;
}
