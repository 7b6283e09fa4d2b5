import type { MerchantId } from '../domain/ids.js';
import type { Powers } from '../domain/roles.js';
import type { Doer } from './audit/port.js';

/** A key to the HTTP API. Its secret is shown once and never stored. */
export interface ApiKey extends Powers {
  readonly id: string;
  readonly name: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** To the hour; absent: never. */
  readonly lastUsedAt?: string | undefined;
  /** The secret before the last rotation opens the door until then, too. */
  readonly formerSecretUntil?: string | undefined;
  readonly revokedAt?: string | undefined;
}

export interface NewApiKey extends Powers {
  readonly name: string;
}

export interface IssuedApiKey {
  readonly key: ApiKey;
  readonly secret: string;
}

/** What a secret is: `over` that of a key that was revoked or has expired, or that a rotation has replaced. */
export interface ExaminedSecret {
  readonly key: ApiKey;
  readonly state: 'live' | 'over';
}

/** Keys to the HTTP API. With a merchant, those of others do not exist. Every change stands in the audit. */
export interface ApiKeys {
  add(key: NewApiKey, by: Doer): Promise<IssuedApiKey>;
  list(merchant?: MerchantId): Promise<readonly ApiKey[]>;
  /** The live key of this id. */
  find(id: string, merchant?: MerchantId): Promise<ApiKey | undefined>;
  /** A new secret for the live key of this id; the former one works for `graceSecs` more. Undefined if there is none. */
  rotate(
    id: string,
    how: { readonly graceSecs: number; readonly reason?: string | undefined },
    by: Doer,
  ): Promise<IssuedApiKey | undefined>;
  /** False if there is no such live key. */
  revoke(
    id: string,
    by: Doer & { readonly reason?: string | undefined },
    merchant?: MerchantId,
  ): Promise<boolean>;
  /** The live key that this secret opens. Compares digests in constant time. */
  verify(secret: string): Promise<ApiKey | undefined>;
  /** The same, and whose secret it was where it opens nothing any more. */
  examine(secret: string): Promise<ExaminedSecret | undefined>;
}
