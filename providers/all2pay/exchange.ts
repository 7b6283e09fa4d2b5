import type { NotSent } from '../../domain/provider-answer.js';
import { createHttpCall, type HttpAnswer, type HttpRequest } from '../http-call.js';
import type { All2payConfig, SignedMethod } from './config.js';
import type { LoginGuard } from '../login-guard.js';
import { createSigner } from './signing.js';

/** All2pay payouts document §2. */
const JSON_HEADERS = {
  'Content-Type': 'application/json; charset=UTF-8',
  Accept: 'application/json; version=2.0',
} as const;

type Connection = HttpRequest['connection'];

/** The HTTP exchanges of one account: signed, and held back while its login is being spared. */
export interface Exchange {
  /** `not_sent` while nothing that needs the login is sent. */
  heldBack(): NotSent | undefined;
  /** Credentials are in the body; `exact` leaves byte for byte. */
  post(
    method: SignedMethod,
    exact: Uint8Array,
    connection: Connection,
    signal: AbortSignal,
  ): Promise<HttpAnswer>;
  /** Anonymous. */
  get(path: 'echo' | 'keys.do', accept: string, signal: AbortSignal): Promise<HttpAnswer>;
}

export function createExchange(config: All2payConfig, guard: LoginGuard, callTimeoutMs: number): Exchange {
  const call = createHttpCall({ connectTimeoutMs: config.connectTimeoutMs, timeoutMs: callTimeoutMs });
  const signed = createSigner(config.signing);
  return {
    heldBack: () => guard.heldBack(),
    async post(method, exact, connection, signal) {
      const held = guard.admit();
      if (held !== undefined) return held;
      const headers = { ...JSON_HEADERS, ...signed(method, exact) };
      const url = addressOf(config, method);
      const answer = await call({ method: 'POST', url, headers, body: exact, connection }, signal);
      // The balance's path is a guess: what it says of the login is no reason to hold payouts back.
      if (method !== 'balance') guard.heard(answer);
      return answer;
    },
    get: (path, accept, signal) =>
      call(
        { method: 'GET', url: addressOf(config, path), headers: { Accept: accept }, connection: 'pooled' },
        signal,
      ),
  };
}

function addressOf(
  { baseUrl, balancePath = '' }: All2payConfig,
  method: SignedMethod | 'echo' | 'keys.do',
): string {
  const path = method === 'balance' ? balancePath.replace(/^\//, '') : method;
  return `${baseUrl.replace(/\/+$/, '')}/${path}`;
}
