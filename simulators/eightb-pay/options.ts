/** What the 8b.world /pay simulator can be told. How it may differ from shop to shop is in `variant.ts`. */
import type { RequestInfo } from './request-log.js';
import type { VariantChanges } from './variant.js';

export interface ShopOptions {
  readonly secretKey: string;
  /** Set by the shop's settings, not by the request (§5). @default no callbacks */
  readonly callbackUrl?: string | undefined;
  readonly variant?: VariantChanges | undefined;
}

export interface Timings {
  /** How long one second of the provider lasts, in ms: callbacks' schedule, status 8. @default 1000 */
  readonly secondMs: number;
  /** CVV 888: how many of its seconds a transaction stays in 8 (§10). @default 20 */
  readonly uncertainSecs: number;
  /** How many of its seconds a card verification holds the money (§4.1). @default 2 */
  readonly verificationSecs: number;
  /** Wait between a status and its callback, in ms. @default 0 */
  readonly callbackDelayMs: number;
}

/** Beside these, every field of `Variant`, for all shops that have no answer of their own. */
export interface EightbPaySimulatorOptions extends VariantChanges {
  /** 0 takes any free port. @default 0 */
  readonly port?: number | undefined;
  /** @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** One shop; give `shops` instead of or beside it for several. */
  readonly apiKey?: string | undefined;
  readonly secretKey?: string | undefined;
  readonly callbackUrl?: string | undefined;
  /** By `api_key`. */
  readonly shops?: Readonly<Record<string, ShopOptions>> | undefined;
  readonly timings?: Partial<Timings> | undefined;
  /** Called inside the handler of every API request, before anything is processed or any fault plays. */
  readonly onRequest?: ((info: RequestInfo) => void | Promise<void>) | undefined;
}
