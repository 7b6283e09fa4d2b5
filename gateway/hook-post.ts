import { lookup as lookUp, type LookupAddress } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { HookMessage } from './hook-message.js';
import { isPublicAddress } from './public-address.js';

const CALL_MS = 10_000;

/** Undefined: it was taken. Otherwise why not, in words. Never throws. */
export type HookPost = (message: HookMessage) => Promise<string | undefined>;

class PrivateAddressError extends Error {
  constructor(address: string) {
    super(`${address} is no public address; if it is meant, set PAYOUTS_HOOK_ALLOW_PRIVATE=true`);
  }
}

/**
 * Posts to one address of the operator's. Unless that is allowed, it reaches nothing of our own network: the name is
 * looked up once for each connection, and the very addresses that were looked at are connected to. Redirects lead
 * nowhere.
 *
 * @param lookup for tests
 */
export function createHookPost(url: string, allowPrivate: boolean, lookup: typeof lookUp = lookUp): HookPost {
  const { protocol, hostname } = new URL(url);
  const literal = hostname.replace(/^\[|\]$/g, '');
  const { request } = protocol === 'https:' ? https : http;
  // No connection is kept: the next notice may be hours away, and the name somewhere else by then.
  const agent = false;
  const options = { method: 'POST', agent, ...(!allowPrivate && { lookup: lookupPublic(lookup) }) };

  return ({ headers, body }) =>
    new Promise((resolve) => {
      const no = (error: Error): void => resolve(wordsOf(error));
      // A literal address is never looked up.
      if (!allowPrivate && isIP(literal) !== 0 && !isPublicAddress(literal)) {
        return no(new PrivateAddressError(literal));
      }
      const signal = AbortSignal.timeout(CALL_MS);
      const length = { 'content-length': String(Buffer.byteLength(body)) };
      const outgoing = request(url, { ...options, signal, headers: { ...headers, ...length } }, (answer) => {
        const { statusCode = 0 } = answer;
        answer.destroy();
        resolve(statusCode >= 200 && statusCode < 300 ? undefined : `HTTP ${statusCode}`);
      });
      outgoing.on('error', (error) => no(signal.aborted ? new Error(`no answer in ${CALL_MS} ms`) : error));
      outgoing.end(body);
    });
}

/** Where several addresses were tried, the words of the first say it. */
function wordsOf(error: Error): string {
  const [first = error] = error instanceof AggregateError ? (error.errors as Error[]) : [];
  return first.message || 'no connection';
}

/** As the system looks names up, but a name that has any private address has none. */
function lookupPublic(lookup: typeof lookUp): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, []);
      const hidden = addresses.find(({ address }) => !isPublicAddress(address));
      if (hidden) return callback(new PrivateAddressError(`${hostname} (${hidden.address})`), []);
      if (options.all) return callback(null, addresses);
      const [{ address, family } = { address: '', family: 0 }] = addresses;
      return callback(null, address, family);
    });
  };
}
