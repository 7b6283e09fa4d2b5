/** The `type` of an ApplicationFailure: constants, because Temporal never encrypts them. */
export const FAILURE = {
  /** Not a failure: the outcome is not there yet. Retried by the server without history. */
  pending: 'Pending',
  /** Provably nothing left for the provider; tried again within the account's budget. */
  notSent: 'NotSent',
  /** The journal cannot be reached; nothing is sent without it. */
  journalUnavailable: 'JournalUnavailable',
  /** The request can never become a payout. */
  refused: 'PayoutRefused',
  /** The payout id belongs to another content. */
  conflict: 'PayoutConflict',
  /** The engine itself is set up wrongly: a missing account, a missing key. */
  misconfigured: 'Misconfigured',
} as const;
