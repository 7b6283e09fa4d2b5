import type { Auth } from './auth.js';
import type { CallbackDelivery } from './callback-delivery.js';
import type { GatewayDeps } from './deps.js';
import type { Limits } from './limits.js';
import type { GatewayMetrics } from './metrics.js';

/** What the routes share. */
export interface GatewayContext extends GatewayDeps {
  readonly auth: Auth;
  readonly metrics: GatewayMetrics;
  readonly limits: Limits;
  readonly delivery: CallbackDelivery;
}
