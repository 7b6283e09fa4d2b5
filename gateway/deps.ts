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
  /** Where the gateway is seen from outside: `https://pay.example`. For the OpenAPI document and HSTS. */
  readonly publicUrl?: string | undefined;
  /** Delivers callbacks that could not be delivered at once. */
  readonly inboxPump?: InboxPumpOptions | undefined;
}

export interface InboxPumpOptions {
  /** In ms. @default 5_000 */
  readonly everyMs?: number | undefined;
  /** Leaves younger callbacks to the request that brought them, in ms. @default 5_000 */
  readonly minAgeMs?: number | undefined;
  /** How long a callback may wait for its payout to appear before it is called an orphan, in ms. @default 600_000 */
  readonly orphanAfterMs?: number | undefined;
}
