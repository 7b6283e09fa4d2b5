import { SESSION_MS } from './sessions.js';

/** How a browser bears its session. */
export interface SessionCookie {
  read(header: string | undefined): string | undefined;
  set(token: string): string;
  clear(): string;
}

/**
 * Out of reach of scripts, and sent to this host alone by pages of this host alone. The Temporal UI is one of those: to a
 * browser another port is the same site.
 *
 * @param isSecure browsers come by https
 */
export function sessionCookie(isSecure: boolean): SessionCookie {
  const name = isSecure ? '__Host-payouts-codec' : 'payouts-codec';
  const traits = `Path=/; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
  return {
    read(header = '') {
      for (const part of header.split(';')) {
        const [key, value] = part.trim().split('=', 2);
        if (key === name && value !== undefined && value !== '') return value;
      }
      return undefined;
    },
    set: (token) => `${name}=${token}; ${traits}; Max-Age=${SESSION_MS / 1000}`,
    clear: () => `${name}=; ${traits}; Max-Age=0`,
  };
}
