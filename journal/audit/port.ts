import type { MerchantId } from '../../domain/ids.js';
import type { Page } from '../port.js';

/** Who does something, and by which request: written down in the statement that does it. */
export interface Doer {
  /** See `domain/actor.ts`. */
  readonly actor: string;
  /** As the gateway's log and the answer have it; absent where no gateway was asked. */
  readonly requestId?: string | undefined;
}

/** `refused`: as things stood. `denied`: the key may not do it. */
export const AUDIT_OUTCOMES = ['done', 'refused', 'denied'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** A command that no history of a payout, payment or stored card tells of. */
export interface AuditNote extends Doer {
  /** The operation of the API, by its id in /openapi.json. */
  readonly action: string;
  readonly merchant?: MerchantId | undefined;
  /** `payout P-001`, `api key 0123456789abcdef`, `stop 3`. */
  readonly subject?: string | undefined;
  readonly reason?: string | undefined;
  readonly outcome: AuditOutcome;
}

/** One line of who did what. */
export interface AuditEvent extends AuditNote {
  /** Unique among all of them. */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface AuditFilter {
  /** As the list shows it, or the id of a key. */
  readonly actor?: string | undefined;
  readonly merchant?: MerchantId | undefined;
  readonly action?: string | undefined;
  /** ISO 8601, inclusive. */
  readonly since?: string | undefined;
  /** ISO 8601, exclusive. */
  readonly until?: string | undefined;
}

/** Who did what: what stands in a history is read there, everything else is kept here. Append-only. */
export interface AuditTrail {
  note(note: AuditNote): Promise<void>;
  /** Newest first. */
  list(filter: AuditFilter, page: { limit: number; cursor?: string | undefined }): Promise<Page<AuditEvent>>;
}
