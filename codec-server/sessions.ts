import { createHash, randomBytes } from 'node:crypto';
import type { ApiKey } from '../journal/api-keys-port.js';

/** A browser that an API key let in. */
export interface Session {
  readonly key: ApiKey;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
}

export interface Sessions {
  /** @returns what the browser is to show from now on */
  open(key: ApiKey): string;
  find(token: string): Session | undefined;
  close(token: string): void;
}

/** A person looks into a payout, not around for a day. */
export const SESSION_MS = 30 * 60_000;
const MAX_SESSIONS = 1_000;

/** In memory: a restart logs everybody out. Kept by digest, so that a look into the memory opens nothing. */
export function createSessions(now: () => number = () => Date.now()): Sessions {
  const open = new Map<string, Session>();
  return {
    open(key) {
      for (const [digest, { endsAt }] of open) if (endsAt <= now()) open.delete(digest);
      // The oldest goes: keys make no thousand sessions but by a mistake.
      const [oldest] = open.keys();
      if (open.size >= MAX_SESSIONS && oldest !== undefined) open.delete(oldest);
      const token = randomBytes(32).toString('base64url');
      open.set(digestOf(token), { key, endsAt: now() + SESSION_MS });
      return token;
    },
    find(token) {
      const session = open.get(digestOf(token));
      return session && session.endsAt > now() ? session : undefined;
    },
    close: (token) => void open.delete(digestOf(token)),
  };
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
