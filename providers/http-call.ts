import http from 'node:http';
import https from 'node:https';
import axios, { type AxiosInstance } from 'axios';
import { MAX_MONEY_CONNECT_MS } from '../domain/stop.js';
import { createAgents, type AgentPair } from './http-agent.js';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** Absolute; never holds a credential or personal data. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Leaves byte for byte as it is. */
  readonly body?: Uint8Array | undefined;
  /**
   * `fresh` (for every request that could move money): a connection of its own, so that a stale pooled one cannot
   * make its outcome unknown; it must stand within 2.5 s, so that a stop is not overtaken. `pooled` (for reads): a connection may be used again.
   */
  readonly connection: 'fresh' | 'pooled';
}

/** The three answers of money rule 3 as the transport sees them. */
export type HttpAnswer =
  /** Proof that nothing left: the request never had a connected (and, for https, verified) socket. */
  | { readonly kind: 'not_sent'; readonly code: string; readonly message: string }
  /** Anything that went wrong once there was a connection. */
  | { readonly kind: 'unknown'; readonly code: string; readonly message: string }
  | HttpResponse;

export interface HttpResponse {
  readonly kind: 'response';
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface HttpCallOptions {
  /** For name lookup, TCP and TLS together, in ms; at most 2,500 for a `fresh` one. */
  readonly connectTimeoutMs: number;
  /** For the whole exchange, connection included, in ms. */
  readonly timeoutMs: number;
  /** A longer answer is `unknown`. @default 1 MiB */
  readonly maxResponseBytes?: number | undefined;
  /** Certificate authorities to trust instead of Node's own (PEM). */
  readonly ca?: string | undefined;
}

/** One HTTP exchange: never retried, never redirected, never through a proxy; it never throws. */
export type HttpCall = (request: HttpRequest, signal: AbortSignal) => Promise<HttpAnswer>;

export function createHttpCall(options: HttpCallOptions): HttpCall {
  const { connectTimeoutMs, timeoutMs, maxResponseBytes = 1024 * 1024, ca } = options;
  const agents = {
    // Bytes must not leave later than a stop allows: `domain/stop.ts` has the arithmetic.
    fresh: createAgents({
      connectTimeoutMs: Math.min(connectTimeoutMs, MAX_MONEY_CONNECT_MS),
      ca,
      keepAlive: false,
    }),
    pooled: createAgents({ connectTimeoutMs, ca, keepAlive: true }),
  };
  const client = axios.create({
    maxContentLength: maxResponseBytes,
    maxRedirects: 0,
    proxy: false,
    responseType: 'arraybuffer',
    validateStatus: () => true,
    transformRequest: [(body: unknown) => body],
    transformResponse: [(body: unknown) => body],
  });
  return (request, signal) => exchange(client, agents[request.connection], timeoutMs, request, signal);
}

async function exchange(
  client: AxiosInstance,
  agents: AgentPair,
  timeoutMs: number,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  if (signal.aborted) return failure(false, 'ABORTED');
  let connected = false;
  let outgoing: http.ClientRequest | undefined;
  const transport = {
    request(options: https.RequestOptions, onResponse: (response: http.IncomingMessage) => void) {
      outgoing = (options.protocol === 'https:' ? https : http).request(options, onResponse);
      // Emitted just before the first byte is written; see http-agent.ts for why not earlier.
      outgoing.once('socket', () => (connected = true));
      return outgoing;
    },
  };

  const stop = new AbortController();
  let stopped: 'TIMEOUT' | 'ABORTED' | undefined;
  const stopFor = (why: 'TIMEOUT' | 'ABORTED'): void => {
    stopped ??= why;
    stop.abort();
  };
  const onAbort = (): void => stopFor('ABORTED');
  const timer = setTimeout(() => stopFor('TIMEOUT'), timeoutMs);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const response = await client.request<Buffer>({
      url: request.url,
      method: request.method,
      headers: { 'User-Agent': 'payout-engine', 'Accept-Encoding': 'identity', ...request.headers },
      ...(request.body && { data: Buffer.from(request.body) }),
      httpAgent: agents.http,
      httpsAgent: agents.https,
      signal: stop.signal,
      transport,
    });
    return {
      kind: 'response',
      status: response.status,
      headers: Object.fromEntries(
        Object.entries(response.headers).map(([k, v]) => [k.toLowerCase(), String(v)]),
      ),
      body: Buffer.from(response.data),
    };
  } catch (error) {
    // A request that was given up before it had a socket must not get one later.
    outgoing?.destroy();
    return failure(connected, stopped ?? codeOf(error));
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

/** Our own words: an axios error holds the request's body and a Node error may hold anything. */
function failure(connected: boolean, code: string): HttpAnswer {
  return connected
    ? { kind: 'unknown', code, message: `The exchange broke off after the connection stood (${code})` }
    : { kind: 'not_sent', code, message: `No connection to the provider (${code}); nothing was sent` };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'FAILED';
  if (error.message.startsWith('maxContentLength')) return 'RESPONSE_TOO_LARGE';
  if (error.message === 'stream has been aborted') return 'RESPONSE_CUT_OFF';
  if ('code' in error && typeof error.code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(error.code)) {
    return error.code;
  }
  return error instanceof AggregateError && error.errors.length > 0 ? codeOf(error.errors[0]) : 'FAILED';
}
