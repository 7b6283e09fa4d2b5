/** What the Payneteasy simulator can be told. How it may differ from merchant to merchant is in `variant.ts`. */
import type { RequestInfo } from './request-log.js';
import type { VariantChanges } from './variant.js';

export interface MerchantOptions {
  /** Key of controls and of HMAC-SHA1 (§3). */
  readonly merchantControl: string;
  /** PEM; the public half of the key that signs v4 requests. Without it every one of them is refused. */
  readonly publicKey?: string | undefined;
  /** @default ['39915'] */
  readonly endpoints?: readonly string[] | undefined;
  /** Endpoint groups. @default [] */
  readonly groups?: readonly string[] | undefined;
  /** What its endpoints pay in; a single one means that no other may be named. @default any */
  readonly currencies?: readonly string[] | undefined;
  /** Called where an order brings no address of its own (§8). */
  readonly callbackUrl?: string | undefined;
  /** What it holds, per currency, in minor units; every booking takes from it. @default unlimited */
  readonly fundsMinor?: Readonly<Record<string, number>> | undefined;
  /** Cards registered elsewhere, for payout-by-ref (§6.2). @default any reference is known */
  readonly cardReferences?: readonly string[] | undefined;
  /** What it finds otherwise than the rest. */
  readonly variant?: VariantChanges | undefined;
}

export interface Timings {
  /** Scenario 00 and whatever is approved: how long it is processed; 0: before the answer leaves. @default 2000 */
  readonly approveMs: number;
  /** Declined, filtered, error. @default 500 */
  readonly declineMs: number;
  /** payout-check until it is ready, or declined. @default 500 */
  readonly checkMs: number;
  /** Scenario 06: how long it is unknown. @default 60000 */
  readonly unknownMs: number;
  /** Scenario 16: how long it is processed. @default 10000 */
  readonly lateMs: number;
  /** Scenarios 04 and 05: how long the receiver has. @default 1800000 */
  readonly redirectMs: number;
  /** Scenario 15: "next day". @default 86400000 */
  readonly reversalMs: number;
  /** `errorTurns: approved`: how long an error stays one. @default 60000 */
  readonly errorTurnsMs: number;
  /** Wait between the final status and its callback. @default 0 */
  readonly callbackDelayMs: number;
  /** How long one second of the callbacks' retry schedule lasts, in ms. @default 1000 */
  readonly callbackSecondMs: number;
}

/** Beside these, every field of `Variant`, for all merchants that have no answer of their own. */
export interface PayneteasySimulatorOptions extends VariantChanges {
  /** 0 takes any free port. @default 0 */
  readonly port?: number | undefined;
  /** @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** By login. */
  readonly merchants: Readonly<Record<string, MerchantOptions>>;
  readonly timings?: Partial<Timings> | undefined;
  /** Call back on 80, 8080, 443 and 8443 alone, as the provider does (§8). @default false */
  readonly enforceCallbackPorts?: boolean | undefined;
  /**
   * A form's and an error's time (`redirectMs`, `errorTurnsMs`) begins when a status has first told of it, so that
   * whoever asks late on a busy machine still sees it. @default false: at once
   */
  readonly waitsFromTold?: boolean | undefined;
  /** How far the provider's clock is ahead of ours, in ms. @default 0 */
  readonly clockSkewMs?: number | undefined;
  /** Called when an API request has arrived, before anything is processed or any fault plays. */
  readonly onRequest?: ((info: RequestInfo) => void | Promise<void>) | undefined;
}

export const DEFAULT_TIMINGS: Timings = {
  approveMs: 2_000,
  declineMs: 500,
  checkMs: 500,
  unknownMs: 60_000,
  lateMs: 10_000,
  redirectMs: 1_800_000,
  reversalMs: 86_400_000,
  errorTurnsMs: 60_000,
  callbackDelayMs: 0,
  callbackSecondMs: 1_000,
};
