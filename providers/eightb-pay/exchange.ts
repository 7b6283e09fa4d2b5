import { createHttpCall, type HttpAnswer, type HttpRequest } from '../http-call.js';
import type { EightbPayConfig, Endpoint } from './config.js';
import { formBody, type JsonDocument } from './requests.js';

/** The HTTP exchanges of one shop. */
export interface Exchange {
  /** What leaves, byte for byte. */
  body(document: JsonDocument): Buffer;
  post(
    endpoint: Endpoint,
    exact: Uint8Array,
    connection: HttpRequest['connection'],
    signal: AbortSignal,
  ): Promise<HttpAnswer>;
}

/** `onRefused`: HTTP 401 or 403, which a wrong key or address earns. */
export function createExchange(config: EightbPayConfig, onRefused: (http: number) => void): Exchange {
  const { connectTimeoutMs, responseTimeoutMs, baseUrl, paths } = config;
  const call = createHttpCall({ connectTimeoutMs, timeoutMs: connectTimeoutMs + responseTimeoutMs });
  const base = baseUrl.replace(/\/+$/, '');
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' };
  return {
    body: (document) => formBody(document, config),
    async post(endpoint, exact, connection, signal) {
      const url = base + paths[endpoint];
      const answer = await call({ method: 'POST', url, headers, body: exact, connection }, signal);
      if (answer.kind === 'response' && (answer.status === 401 || answer.status === 403)) {
        onRefused(answer.status);
      }
      return answer;
    },
  };
}
