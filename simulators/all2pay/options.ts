/** What the All2pay simulator can be told. Plays the variants that the All2pay payouts document §15 calls assumed. */
import type { RequestInfo } from './request-log.js';

export interface CallbackTarget {
  readonly url: string;
  /** Shared secret of the HMAC checksum (§13); without it callbacks carry none. */
  readonly secret?: string | undefined;
}

export interface CallbackOptions extends CallbackTarget {
  /** Wait between two tries, in ms. @default 30000 */
  readonly repeatMs?: number | undefined;
  /** Tries without an HTTP 200 before giving up. @default 3 */
  readonly maxTries?: number | undefined;
  /** GET query or form POST. @default 'GET' */
  readonly method?: 'GET' | 'POST' | undefined;
  /** @default both */
  readonly extras?: readonly ('amount' | 'callbackCreationDate')[] | undefined;
}

export interface LoginOptions {
  readonly password: string;
  readonly callback?: CallbackTarget | undefined;
  /** @default the simulator's `transitBalanceMinor` */
  readonly transitBalanceMinor?: number | undefined;
}

export interface Timings {
  /** `amount % 1000 = 504`: how long the answer hangs. @default 30000 */
  readonly hangMs: number;
  /** `404`: how long a booked order is not found. @default 60000 */
  readonly notFoundMs: number;
  /** `7`: how long an order is pending. @default 30000 */
  readonly pendingMs: number;
  /** How long an SBP payout is pending before it is paid; 0 pays at once. @default 0 */
  readonly sbpPendingMs: number;
  /** How long one second of `sessionTimeoutSecs` lasts, in ms. @default 1000 */
  readonly sessionSecondMs: number;
  /** Wait between the final state and its callback. @default 0 */
  readonly callbackDelayMs: number;
}

export type ReturnParam = 'orderId' | 'lang' | 'orderNumber';

export interface All2paySimulatorOptions {
  /** 0 takes any free port. @default 0 */
  readonly port?: number | undefined;
  /** @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** One account; give `logins` instead of or beside it for several. */
  readonly userName?: string | undefined;
  readonly password?: string | undefined;
  readonly logins?: Readonly<Record<string, LoginOptions>> | undefined;
  /** Where orders and bookings survive a killed process. @default memory only */
  readonly ledgerFile?: string | undefined;
  /** Known child merchants; any other `merchantLogin` is refused (row 21). @default every login is known */
  readonly merchants?: readonly string[] | undefined;
  readonly timings?: Partial<Timings> | undefined;
  /** For every login that has no callback of its own; its repetition rules hold for all. */
  readonly callbacks?: (Partial<CallbackTarget> & Omit<CallbackOptions, 'url' | 'secret'>) | undefined;
  /** Appended to the return URLs (§5). @default ['orderId', 'lang'] */
  readonly returnParams?: readonly ReturnParam[] | undefined;
  /** Each login's funds; every booking takes from them. @default unlimited */
  readonly transitBalanceMinor?: number | undefined;
  /** What a second register or perform with the same orderNumber does (§11.3). @default 'reject400' */
  readonly duplicateOrder?: 'reject400' | 'replayStored' | 'executeAgain' | undefined;
  readonly bindings?:
    Readonly<Record<string, { readonly pan: string; readonly clientId: string }>> | undefined;
  /** Where the card number stands (§14 I2). @default 'target.pan' */
  readonly panPath?: 'target.pan' | 'target.card.pan' | undefined;
  /** Cards whose number starts so are not Russian (row 11). @default ['400000', '555555'] */
  readonly foreignPrefixes?: readonly string[] | undefined;
  /** @default false */
  readonly requireClientName?: boolean | undefined;
  /** Reported as `fee`, taken from nobody. @default 0 */
  readonly feeMinor?: number | undefined;
  /** Called inside the handler of every API request, before anything is processed or any fault plays. */
  readonly onRequest?: ((info: RequestInfo) => void | Promise<void>) | undefined;
}
