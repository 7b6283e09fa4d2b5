import type { NotSent } from '../../domain/provider-answer.js';
import { createHttpCall, type HttpAnswer } from '../http-call.js';
import type { EightbConfig } from './config.js';
import type { LoginGuard } from '../login-guard.js';
import { addressOf } from './requests.js';

/** 8b Disbursement §4. */
const FORM_HEADERS = {
  'Content-Type': 'application/x-www-form-urlencoded',
  Accept: 'application/xml, text/xml, text/plain',
} as const;

const LIST_HEADERS = { Accept: 'application/xml, application/json, text/csv, text/plain' } as const;

/** The HTTP exchanges of one account, held back while it is not let in. */
export interface Exchange {
  /** `not_sent` while nothing is sent. */
  heldBack(): NotSent | undefined;
  /** `exact` leaves byte for byte. */
  post(method: keyof EightbConfig['paths'], exact: Uint8Array, signal: AbortSignal): Promise<HttpAnswer>;
  /** A long list. */
  get(url: string, signal: AbortSignal): Promise<HttpAnswer>;
}

export function createExchange(config: EightbConfig, guard: LoginGuard): Exchange {
  const { connectTimeoutMs, timeoutMs, maxListBytes } = config;
  const call = createHttpCall({ connectTimeoutMs, timeoutMs });
  const listCall = createHttpCall({ connectTimeoutMs, timeoutMs, maxResponseBytes: maxListBytes });
  return {
    heldBack: () => guard.heldBack(),
    async post(method, exact, signal) {
      // Only a payout or a check finds out whether we are let in again.
      const asks = method === 'payout' || method === 'check';
      const held = asks ? guard.admit() : guard.heldBack();
      if (held !== undefined) return held;
      const connection = method === 'payout' ? 'fresh' : 'pooled';
      const url = addressOf(config.paths[method], config);
      const send = method === 'balance_statement' ? listCall : call;
      const answer = await send(
        { method: 'POST', url, headers: FORM_HEADERS, body: exact, connection },
        signal,
      );
      // The others may have to be allowed by support: what they are refused is no reason to hold payouts back.
      if (asks) guard.heard(answer);
      return answer;
    },
    async get(url, signal) {
      const held = guard.heldBack();
      if (held !== undefined) return held;
      return listCall({ method: 'GET', url, headers: LIST_HEADERS, connection: 'pooled' }, signal);
    },
  };
}
