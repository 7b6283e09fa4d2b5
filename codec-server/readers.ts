import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { ApiKey, ApiKeys } from '../journal/api-keys-port.js';
import type { Attempts } from './attempts.js';
import type { SessionCookie } from './cookie.js';
import { mayRead } from './may-read.js';
import type { Session, Sessions } from './sessions.js';

/** How long a session's key is believed to live: the longest that a revoked or rotated one still shows anything. */
const BELIEVED_MS = 3_000;
const MAX_SECRET = 200;
const MAX_KNOWN = 1_000;

export type Refusal = 'missing' | 'unknown' | 'role' | 'too_often' | 'foreign_page';

export interface Readers {
  /** The key behind a request, or why there is none that may read. */
  readerOf(request: FastifyRequest): Promise<ApiKey | Refusal>;
  /** The key that a secret opens, within what an address may try. */
  tryKey(secret: string, address: string): Promise<ApiKey | Refusal>;
  /** The session of the browser that asks; it may belong to a key that was revoked since. */
  sessionOf(request: FastifyRequest): Session | undefined;
}

export interface ReadersOptions {
  readonly apiKeys: Pick<ApiKeys, 'verify' | 'find'>;
  readonly sessions: Sessions;
  readonly attempts: Attempts;
  readonly cookie: SessionCookie;
  /** The one page that may use a browser's session. */
  readonly uiOrigin: string;
}

export function createReaders(options: ReadersOptions): Readers {
  const { apiKeys, sessions, attempts, cookie, uiOrigin } = options;
  /** The keys as they were when they were last looked at, until when that is believed. */
  const seen = new Map<string, { readonly key: ApiKey | undefined; readonly until: number }>();
  /** Digests of secrets that opened this door before: who has one is not kept out by those who guess beside them. */
  const known = new Set<string>();

  async function present(id: string): Promise<ApiKey | undefined> {
    const now = performance.now();
    const last = seen.get(id);
    if (last && last.until > now) return last.key;
    const key = await apiKeys.find(id);
    if (seen.size >= MAX_KNOWN) seen.clear();
    seen.set(id, { key, until: now + BELIEVED_MS });
    return key;
  }

  /** A key that was rotated since has a new secret, and whoever logged in had the former one. */
  async function isLive({ id, formerSecretUntil }: ApiKey): Promise<boolean> {
    const key = await present(id);
    return key !== undefined && key.formerSecretUntil === formerSecretUntil;
  }

  async function tryKey(secret: string, address: string): Promise<ApiKey | Refusal> {
    const digest = createHash('sha256').update(secret).digest('base64');
    if (!known.has(digest) && !attempts.mayTry(address)) return 'too_often';
    const key = secret.length <= MAX_SECRET ? await apiKeys.verify(secret) : undefined;
    if (key && mayRead(key)) {
      if (known.size >= MAX_KNOWN) known.clear();
      known.add(digest);
      return key;
    }
    known.delete(digest);
    attempts.failed(address);
    return key ? 'role' : 'unknown';
  }

  function sessionOf({ headers }: FastifyRequest): Session | undefined {
    const token = cookie.read(headers.cookie);
    return token === undefined ? undefined : sessions.find(token);
  }

  return {
    tryKey,
    sessionOf,
    async readerOf(request) {
      const { authorization, origin } = request.headers;
      if (authorization !== undefined) {
        const secret = /^Bearer +([^\s]+) *$/i.exec(authorization)?.[1];
        return secret === undefined ? 'missing' : tryKey(secret, request.ip);
      }
      const session = sessionOf(request);
      if (!session) return 'missing';
      // A page of the same host on another port is sent the cookie too.
      if (origin !== uiOrigin) return 'foreign_page';
      return (await isLive(session.key)) ? session.key : 'unknown';
    },
  };
}
