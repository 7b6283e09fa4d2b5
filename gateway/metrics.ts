import { Counter, Histogram, Registry } from 'prom-client';

export type CallbackOutcome = 'accepted' | 'repeated' | 'refused' | 'unavailable' | 'unreadable';
export type DeliveryOutcome = 'delivered' | 'late' | 'orphan' | 'waiting' | 'failed';
export type AuthRefusal = 'missing' | 'unknown' | 'role';

/** The gateway's measurements, in a registry of their own. */
export interface GatewayMetrics {
  readonly registry: Registry;
  http(method: string, route: string, status: number, seconds: number): void;
  callback(account: string, outcome: CallbackOutcome): void;
  delivery(account: string, outcome: DeliveryOutcome): void;
  authRefused(why: AuthRefusal): void;
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
  return {
    registry,
    http: (method, route, status, seconds) => http.observe({ method, route, status }, seconds),
    callback: (account, outcome) => callbacks.inc({ account, outcome }),
    delivery: (account, outcome) => deliveries.inc({ account, outcome }),
    authRefused: (why) => refusals.inc({ why }),
  };
}
