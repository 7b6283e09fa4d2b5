/** One operation as the System remembers it. 8b Disbursement §5.1, §5.2. */
import type { Scenario } from './scenarios.js';

export type OperationStatus = 'PROCESSING' | 'PAID' | 'NOT_PAID';

/** The record that money reached the recipient once. */
export interface Booking {
  readonly minor: number;
  /** Epoch ms. */
  readonly at: number;
}

export interface Operation {
  readonly service: string;
  readonly id: string;
  /** Digest of the request's fields: the same for an exact repetition. */
  readonly request: string;
  readonly dt: string;
  /** As it came: callbacks and checks repeat it. */
  readonly amount: string;
  readonly minor: number;
  readonly currency: string;
  readonly destination: string;
  /** The account or card is never kept in full. */
  readonly maskedClient: string;
  readonly scenario: Scenario;
  readonly createdAt: number;
  readonly status: OperationStatus;
  readonly error?: string | undefined;
  readonly processedAt?: number | undefined;
  readonly bookings: readonly Booking[];
  /** Checks do not find it before this, epoch ms. */
  readonly hiddenUntil?: number | undefined;
  readonly callback?: 'due' | 'delivered' | 'stopped' | 'given_up' | 'suppressed' | undefined;
}

export function isFinal({ status }: Operation): boolean {
  return status !== 'PROCESSING';
}

export function maskClient(client: string): string {
  return client.length < 10 ? `***${client.slice(-2)}` : `${client.slice(0, 3)}***${client.slice(-4)}`;
}

/** Ids are unique per service. Neither part can hold a line feed. */
export function operationKey(service: string, id: string): string {
  return `${service}\n${id}`;
}
