/** What the All2pay simulator can be told. How it may differ from login to login is in `variant.ts`. */
import type { Method, RequestInfo } from './request-log.js';
import type { VariantChanges } from './variant.js';

export interface CallbackTarget {
  readonly url: string;
  /** Shared secret of the symmetric checksum (§13). */
  readonly secret?: string | undefined;
  /** PEM, signs the asymmetric checksum. @default the simulator's own key, see `All2paySimulator.callbackPublicKey` */
  readonly privateKey?: string | undefined;
  /** @default 'symmetric' with a secret, 'asymmetric' with a private key, else 'none' */
  readonly checksum?: 'symmetric' | 'asymmetric' | 'none' | undefined;
  /** Of the asymmetric checksum. @default 'sha512' */
  readonly digest?: 'sha512' | 'sha256' | undefined;
}

export type CallbackExtra = 'amount' | 'callbackCreationDate' | 'p2p';

export interface CallbackOptions extends CallbackTarget {
  /** Wait between two tries, in ms. @default 30000 */
  readonly repeatMs?: number | undefined;
  /** Tries without an HTTP 200 before giving up. @default 3 */
  readonly maxTries?: number | undefined;
  /** GET query or form POST. @default 'GET' */
  readonly method?: 'GET' | 'POST' | undefined;
  /** @default ['amount', 'callbackCreationDate'] */
  readonly extras?: readonly CallbackExtra[] | undefined;
}

/** Request signatures of one login (§9). Without them, a signature is neither asked for nor looked at. */
export interface SigningOptions {
  /** PEM, public key or X.509 certificate, as the merchant uploaded it. */
  readonly publicKey: string;
  /** Refuse what is not well signed; if not, it is only counted. @default true */
  readonly enforce?: boolean | undefined;
  /** @default every POST */
  readonly methods?: readonly Method[] | undefined;
}

export interface LoginOptions {
  readonly password: string;
  readonly callback?: CallbackTarget | undefined;
  /** @default the simulator's `transitBalanceMinor` */
  readonly transitBalanceMinor?: number | undefined;
  /** Child merchants that this login may name. @default the simulator's `merchants` */
  readonly merchants?: readonly string[] | undefined;
  readonly signing?: SigningOptions | undefined;
  /** Where a browser goes after the 3DS of a direct payout or a stored card; `{orderNumber}` stands for the order's. */
  readonly returnUrl?: string | undefined;
  /** What this login finds otherwise than the rest. */
  readonly variant?: VariantChanges | undefined;
}

export interface Timings {
  /** `amount % 1000 = 504`: how long the answer hangs. @default 30000 */
  readonly hangMs: number;
  /** `404`: how long a booked order is not found. @default 60000 */
  readonly notFoundMs: number;
  /** `7`: how long an order is pending. @default 30000 */
  readonly pendingMs: number;
  /** How long an SBP payout is pending before it is paid; 0 pays at once, or after `pendingMs` with `sbpStatuses: 'async'`. @default 0 */
  readonly sbpPendingMs: number;
  /** How long one second of `sessionTimeoutSecs` lasts, in ms. @default 1000 */
  readonly sessionSecondMs: number;
  /** How long a person has for a 3DS challenge. @default 1200000 */
  readonly threeDsMs: number;
  /** Wait between the final state and its callback. @default 0 */
  readonly callbackDelayMs: number;
}

/** What keys.do publishes (§8, §14 I7). GETs are anonymous, so that all logins see the same. */
export interface KeysOptions {
  /** `keyValue` as bare base64 or with PEM markers. @default 'bare' */
  readonly format?: 'bare' | 'pem' | undefined;
  /** The unit of `keyExpiration`. @default 'ms' */
  readonly expiration?: 'ms' | 's' | undefined;
  /** Null leaves it out. @default 'RSA-<bits>' */
  readonly protocolVersion?: string | null | undefined;
  /** @default 2048 */
  readonly bits?: 2048 | 4096 | undefined;
  /** The older of the two keys expires after this, the newer after twice this, in ms. @default 86400000 */
  readonly lifetimeMs?: number | undefined;
}

/** Beside these, every field of `Variant`, for all logins that have no answer of their own. */
export interface All2paySimulatorOptions extends VariantChanges {
  /** 0 takes any free port. @default 0 */
  readonly port?: number | undefined;
  /** @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** One account; give `logins` instead of or beside it for several. */
  readonly userName?: string | undefined;
  readonly password?: string | undefined;
  readonly logins?: Readonly<Record<string, LoginOptions>> | undefined;
  /** Where orders, bookings, stored cards and challenges survive a killed process. @default memory only */
  readonly ledgerFile?: string | undefined;
  /** Known child merchants; any other `merchantLogin` is refused (row 21). @default every one is known */
  readonly merchants?: readonly string[] | undefined;
  readonly timings?: Partial<Timings> | undefined;
  /** For every login that has no callback of its own; its repetition rules hold for all. */
  readonly callbacks?: (Partial<CallbackTarget> & Omit<CallbackOptions, keyof CallbackTarget>) | undefined;
  /** Each login's funds; every booking takes from them. @default unlimited */
  readonly transitBalanceMinor?: number | undefined;
  /** For every login that has none of its own. */
  readonly signing?: SigningOptions | undefined;
  readonly returnUrl?: string | undefined;
  /** Stored recipients' cards that are there from the start, for every login. */
  readonly bindings?:
    Readonly<Record<string, { readonly pan: string; readonly clientId: string }>> | undefined;
  readonly keys?: KeysOptions | undefined;
  /**
   * Where the balance is asked for, below the base URL. The provider documents no such method (§14 G1): path, request
   * and answer are invented. Null takes it away. @default '/sim-invented/getBalance.do'
   */
  readonly balancePath?: string | null | undefined;
  /** How far the provider's clock is ahead of ours, in ms: token window, key expiry, all dates. @default 0 */
  readonly clockSkewMs?: number | undefined;
  /** Called inside the handler of every API request, before anything is processed or any fault plays. */
  readonly onRequest?: ((info: RequestInfo) => void | Promise<void>) | undefined;
}
