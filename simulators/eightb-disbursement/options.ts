/** What the 8b Disbursement simulator can be told. How it may differ from service to service is in `variant.ts`. */
import type { RequestInfo } from './request-log.js';
import type { VariantChanges } from './variant.js';

/** One Service_ID (8b Disbursement §3). */
export interface ServiceOptions {
  readonly secretKey: string;
  /** @default 'EUR' */
  readonly currency?: string | undefined;
  /** Decimals of a minor unit. @default 2 */
  readonly exponent?: number | undefined;
  /** Funds at the start, in minor units. @default 1000000000 */
  readonly balanceMinor?: number | undefined;
  /** Where callbacks go, as agreed at the onboarding (§5.7). @default the simulator's `callbackUrl` */
  readonly callbackUrl?: string | undefined;
  /** Senders that are let in (§3); left out: every one. */
  readonly allowedIps?: readonly string[] | undefined;
  /** What this service finds otherwise than the rest. */
  readonly variant?: VariantChanges | undefined;
}

/** One payout direction (§5.8). */
export interface DirectionOptions {
  readonly currencies: readonly string[];
  readonly requiredFields?: readonly string[] | undefined;
  /** A regular expression for `client`. */
  readonly clientPattern?: string | undefined;
}

export interface Timings {
  /** How long an operation that is paid later takes. @default 2000 */
  readonly paidMs: number;
  /** How long an operation that is hidden is not found. @default 30000 */
  readonly notFoundMs: number;
  /** Wait between the final state and its callback. @default 0 */
  readonly callbackDelayMs: number;
  /** Waits between tries of a callback; the last repeats (§5.7). @default 10 30 60 60 60 60 60 300 300 300 3600 s */
  readonly callbackGapsMs: readonly number[];
  /** After this no callback is tried again. @default 48 h */
  readonly callbackGiveUpMs: number;
}

/** Beside these, every field of `Variant`, for all services that have no answer of their own. */
export interface EightbDisbursementSimulatorOptions extends VariantChanges {
  /** 0 takes any free port. @default 0 */
  readonly port?: number | undefined;
  /** @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** By Service_ID. */
  readonly services: Readonly<Record<string, ServiceOptions>>;
  readonly callbackUrl?: string | undefined;
  /** @default 202 (EUR account) and 3 (EUR or USD card) */
  readonly destinations?: Readonly<Record<string, DirectionOptions>> | undefined;
  readonly timings?: Partial<Timings> | undefined;
  /** Called inside the handler of every request, before anything is processed or any fault plays. */
  readonly onRequest?: ((info: RequestInfo) => void | Promise<void>) | undefined;
}
