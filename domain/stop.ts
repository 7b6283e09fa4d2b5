import type { AccountId, MerchantId } from './ids.js';
import type { Reason } from './payout.js';

/*
 * How soon a stop holds, whatever a worker was doing when it was committed. Asking the journal for an intent is the last
 * moment at which a stop is seen. From there to the first byte pass at most
 *
 *   2.0 s  between the asking and the sending; a process that stood still for longer does not send
 * + 2.5 s  for the connection; one that stands later is dropped unused
 *
 * and half a second is left for what nobody measures in between.
 */
/** No new request that could move money leaves later than this after a stop, in ms. */
export const STOP_HOLDS_WITHIN_MS = 5_000;
/** Between asking for an intent and sending, in ms. */
export const MAX_STANDSTILL_MS = 2_000;
/** Name lookup, TCP and TLS together, of a request that could move money, in ms. */
export const MAX_MONEY_CONNECT_MS = 2_500;

export const STOP_KINDS = ['account', 'provider', 'merchant', 'all'] as const;

/** What a stop covers. */
export type StopScope =
  | { readonly kind: Exclude<(typeof STOP_KINDS)[number], 'all'>; readonly value: string }
  | { readonly kind: 'all' };

/** An operator's order to send nothing that could move money, until it is lifted. */
export interface Stop {
  readonly id: string;
  readonly scope: StopScope;
  readonly reason: string;
  /** See `actor.ts`. */
  readonly actor: string;
  /** ISO 8601. */
  readonly stoppedAt: string;
  /** Absent while it is in force. */
  readonly resumed?: { readonly at: string; readonly actor: string; readonly reason: string } | undefined;
}

/** By which a stop may cover a payout, a payment or a card to be stored. */
export interface Stoppable {
  readonly merchant: MerchantId;
  readonly account: AccountId;
  readonly provider: string;
}

/** `account acme-a2p`, `all accounts`. */
export function wordsOfScope(scope: StopScope): string {
  return scope.kind === 'all' ? 'all accounts' : `${scope.kind} ${scope.value}`;
}

/** Why something waits, wherever reasons are shown. */
export function stopReason({ id, scope, actor, reason }: Stop): Reason {
  return { code: 'stopped', message: `Stop ${id} of ${wordsOfScope(scope)} by ${actor}: ${reason}` };
}
