import { Counter, Histogram, Registry } from 'prom-client';
import type { Unproven } from './limits.js';

export type CallbackOutcome = 'accepted' | 'repeated' | 'refused' | 'unavailable' | 'unreadable';
export type DeliveryOutcome = 'delivered' | 'late' | 'orphan' | 'waiting' | 'failed';
/**
 * Why a callback was turned away. `unproven`: a wrong signature or none. `unreadable`: the adapter could not even judge it.
 */
export type CallbackRefusal =
  'unproven' | 'unknown_account' | 'address' | 'too_large' | 'too_deep' | 'unreadable';
/** `address`: not among those that may call the API. */
export type RequestRefusal = 'too_large' | 'too_deep' | 'malformed' | 'media_type' | 'address';
/** `dead`: given up. */
export type NoticeOutcome = 'delivered' | 'failed' | 'dead';
export type AuthRefusal = 'missing' | 'unknown' | 'role';

/** The gateway's measurements, in a registry of their own. */
export interface GatewayMetrics {
  readonly registry: Registry;
  http(method: string, route: string, status: number, seconds: number): void;
  callback(account: string, outcome: CallbackOutcome): void;
  /** `account`: a configured one, or `none`; never what a stranger wrote. */
  callbackRefused(account: string, why: CallbackRefusal): void;
  requestRefused(why: RequestRefusal): void;
  /** `key`: a good one, too often; else what proved nothing, too often from one address. */
  rateLimited(what: 'key' | Unproven): void;
  delivery(account: string, outcome: DeliveryOutcome): void;
  authRefused(why: AuthRefusal): void;
  notice(outcome: NoticeOutcome): void;
}

export function createMetrics(): GatewayMetrics {
  const registry = new Registry();
  const registers = [registry];
  const http = new Histogram({
    name: 'payouts_gateway_http_duration_seconds',
    help: 'Time to answer a request, by route pattern.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const callbacks = new Counter({
    name: 'payouts_gateway_callbacks_total',
    help: 'Callbacks received. refused: not proven to come from the provider.',
    labelNames: ['account', 'outcome'],
    registers,
  });
  const refusedCallbacks = new Counter({
    name: 'payouts_gateway_callbacks_refused_total',
    help: 'Callbacks that changed nothing, by reason. unproven: forged, or the secret is wrong.',
    labelNames: ['account', 'why'],
    registers,
  });
  const refusedRequests = new Counter({
    name: 'payouts_gateway_requests_refused_total',
    help: 'Requests to the API that were not even read, by reason.',
    labelNames: ['why'],
    registers,
  });
  const rateLimited = new Counter({
    name: 'payouts_gateway_rate_limited_total',
    help: 'Requests answered with 429. key: of a good key; else guessed keys, unproven callbacks, open pages.',
    labelNames: ['what'],
    registers,
  });
  const deliveries = new Counter({
    name: 'payouts_gateway_callback_deliveries_total',
    help: 'Attempts to hand a stored callback to its payout.',
    labelNames: ['account', 'outcome'],
    registers,
  });
  const refusals = new Counter({
    name: 'payouts_gateway_auth_refused_total',
    help: 'Requests refused for their API key.',
    labelNames: ['why'],
    registers,
  });
  const notices = new Counter({
    name: 'payouts_gateway_notices_total',
    help: 'Tries to tell the endpoint of operators of reviews and corrections. dead: given up.',
    labelNames: ['outcome'],
    registers,
  });
  return {
    registry,
    http: (method, route, status, seconds) => http.observe({ method, route, status }, seconds),
    callback: (account, outcome) => callbacks.inc({ account, outcome }),
    callbackRefused: (account, why) => refusedCallbacks.inc({ account, why }),
    requestRefused: (why) => refusedRequests.inc({ why }),
    rateLimited: (what) => rateLimited.inc({ what }),
    delivery: (account, outcome) => deliveries.inc({ account, outcome }),
    notice: (outcome) => notices.inc({ outcome }),
    authRefused: (why) => refusals.inc({ why }),
  };
}
