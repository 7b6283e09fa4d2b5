import type { PayoutClient, PayoutSignals } from '../client/payout-client.js';
import type { AccountId, MerchantId } from '../domain/ids.js';
import type { Journal } from '../journal/port.js';
import type { Provider } from '../providers/provider.js';
import type { SealingKeys } from '../secrets/sealing-keys.js';

/** The part of a winston logger that the gateway uses. */
export interface GatewayLog {
  info(message: string, meta?: object): unknown;
  warn(message: string, meta?: object): unknown;
  error(message: string, meta?: object): unknown;
}

/** What the gateway is made of. */
export interface GatewayDeps {
  readonly client: PayoutClient;
  readonly signals: PayoutSignals;
  readonly journal: Journal;
  readonly providers: ReadonlyMap<AccountId, Provider>;
  /** The public halves of the workers' sealing keys; a private part is refused. */
  readonly sealingKeys: SealingKeys;
  readonly log: GatewayLog;
  /** Resolves if Temporal answers; the gateway itself limits how long it waits. */
  readonly checkTemporal: () => Promise<void>;
  /** Which accounts a merchant may use. @default every merchant may use every account */
  readonly mayUse?: ((merchant: MerchantId, account: AccountId) => boolean) | undefined;
  readonly doors?: DoorOptions | undefined;
  /** Where the gateway is seen from outside: `https://pay.example`. For the OpenAPI document and HSTS. */
  readonly publicUrl?: string | undefined;
  /** Delivers callbacks that could not be delivered at once. */
  readonly inboxPump?: InboxPumpOptions | undefined;
  /** Where operators are told of reviews and corrections. Absent: nowhere; the notices wait. */
  readonly hook?: HookOptions | undefined;
}

/** Who may come in, and how often. */
export interface DoorOptions {
  /** Addresses and networks whose X-Forwarded-For is believed. @default none */
  readonly trustedProxies?: readonly string[] | undefined;
  /** May the API be called from there? @default from everywhere */
  readonly mayCall?: ((address: string) => boolean) | undefined;
  /** May a callback for this account come from there? @default from everywhere */
  readonly mayCallBack?: ((account: AccountId, address: string) => boolean) | undefined;
  /** Of one API key; ten seconds' worth may come at once. @default 200 */
  readonly keyRequestsPerSec?: number | undefined;
  /** Of one address, without a key or a proof; the same. @default 50 */
  readonly addressRequestsPerSec?: number | undefined;
  /** How long a request may take to arrive, headers and body, in ms. @default 15_000 */
  readonly arrivalMs?: number | undefined;
}

export interface HookOptions {
  readonly url: string;
  /** The bytes that sign, by Standard Webhooks. */
  readonly secret: Uint8Array;
  /** May it be in our own network? @default false */
  readonly allowPrivate?: boolean | undefined;
  /** How often it is looked whether somebody is to be told, in ms. @default 2_000 */
  readonly everyMs?: number | undefined;
}

export interface InboxPumpOptions {
  /** In ms. @default 5_000 */
  readonly everyMs?: number | undefined;
  /** Leaves younger callbacks to the request that brought them, in ms. @default 5_000 */
  readonly minAgeMs?: number | undefined;
  /** How long a callback may wait for its payout to appear before it is called an orphan, in ms. @default 600_000 */
  readonly orphanAfterMs?: number | undefined;
}
