/** What a `status` means for money (Payneteasy §7). `doubt`: the provider itself does not know. */
export type StatusMeaning = 'pending' | 'paid' | 'not_paid' | 'doubt';

export interface StatusRow {
  readonly status: string;
  readonly meaning: StatusMeaning;
  /** Of a `not_paid`: our code for it where the provider gives none, or where it must stand out. */
  readonly code?: string;
  readonly words: string;
}

/** Payneteasy §7. A status that is not here is ambiguous, and counted; a missing one is `processing`. */
export const STATUS_TABLE: readonly StatusRow[] = [
  { status: 'approved', meaning: 'paid', words: 'approved' },
  { status: 'declined', meaning: 'not_paid', words: 'declined' },
  { status: 'filtered', meaning: 'not_paid', code: 'filtered', words: 'refused by fraud control' },
  {
    status: 'error',
    meaning: 'not_paid',
    code: 'provider_error',
    words: 'refused, something went wrong there',
  },
  { status: 'processing', meaning: 'pending', words: 'processing' },
  { status: 'unknown', meaning: 'doubt', words: 'the provider does not know the outcome' },
];

export function statusRow(status: string): StatusRow | undefined {
  return STATUS_TABLE.find((row) => row.status === status);
}
