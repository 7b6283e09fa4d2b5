import type { PayoutRequest, SealedPayoutRequest } from '../domain/payout-request.js';
import type { PayoutStatus } from '../domain/payout-status.js';
import type { FileProblem } from './problem.js';

/** How a row is expected to end; `duplicate`: as the earlier row that it repeats. */
export type Expectation = PayoutStatus | 'duplicate';

export const VISITS = ['complete', 'abandon', 'cancel'] as const;
/** What a scripted visitor does on the provider's page. Only the demo and the tests have one. */
export type Visit = (typeof VISITS)[number];

/** One payout of a file, checked as far as it can be without the engine. */
export interface PayoutRow {
  /** Where the row starts in the file; the header is line 1. */
  readonly line: number;
  readonly request: PayoutRequest | SealedPayoutRequest;
  readonly expect?: Expectation | undefined;
  readonly visitor?: Visit | undefined;
}

export type PayoutFile =
  | { readonly ok: true; readonly rows: readonly PayoutRow[] }
  /** All of them, in the order of the file. */
  | { readonly ok: false; readonly problems: readonly FileProblem[] };
