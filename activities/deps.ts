import type { AccountId, MerchantId } from '../domain/ids.js';
import type { Journal } from '../journal/port.js';
import type { PollStep } from '../providers/port.js';
import type { Provider } from '../providers/provider.js';
import type { FingerprintKey } from '../secrets/fingerprint.js';
import type { SealingKeys } from '../secrets/sealing-keys.js';

/** One account as the engine uses it: its provider and who may use it. */
export interface EngineAccount {
  readonly provider: Provider;
  /** Absent: every merchant. */
  readonly merchants?: readonly MerchantId[] | undefined;
  /** How often the provider is asked while a payout is in review. Absent: not at all. */
  readonly reviewPoll?: readonly PollStep[] | undefined;
}

/** What the activities work with. The private keys stay in the worker. */
export interface ActivityDeps {
  readonly journal: Journal;
  readonly accounts: ReadonlyMap<AccountId, EngineAccount>;
  readonly sealingKeys: SealingKeys;
  readonly fingerprintKey: FingerprintKey;
  /** Where providers send browsers back to: our gateway's public base URL. Absent: straight to the merchant's pages. */
  readonly publicUrl?: string | undefined;
}
