/** What must not be, in words that lead to the payout, callback or workflow. */
export interface Findings {
  /** Money that moved more than once for one debt. */
  readonly doubleBookings: readonly string[];
  /** Payouts and callbacks that were taken in and are not there. */
  readonly lost: readonly string[];
  /** What has neither ended nor waits for a person. */
  readonly stuck: readonly string[];
  /** Whatever two records say differently, and whatever was answered that should not have been. */
  readonly mismatches: readonly string[];
}

export function isAllRight({ doubleBookings, lost, stuck, mismatches }: Findings): boolean {
  return [doubleBookings, lost, stuck, mismatches].every((list) => list.length === 0);
}
