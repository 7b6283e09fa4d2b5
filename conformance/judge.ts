import type { Payout } from '../domain/payout.js';
import { isFinal } from '../domain/payout-status.js';
import type { Attempt } from '../journal/port.js';
import type { Expected } from './scenario.js';
import type { LedgerEntry } from './subject.js';
import { LATE_POLLS_MS } from './words.js';

/** What each side says of one payout at the end. */
export interface Testimony {
  /** By the client, so by the workflow. */
  readonly told: Payout;
  /** By the journal. */
  readonly written: Payout;
  readonly attempts: readonly Attempt[];
  /** By the provider. */
  readonly ledger: LedgerEntry;
}

/** Every way in which the outcome is not the expected one, or one side contradicts another. In words. */
export function judge(expected: Expected, testimony: Testimony): readonly string[] {
  return [...unexpected(expected, testimony), ...moneyRulesBroken(testimony)];
}

function unexpected(
  { status, bookings, sent = 1, asked, reason }: Expected,
  { written, ledger }: Testimony,
): readonly string[] {
  const { requests } = ledger;
  return [
    ...when(written.status !== status, `it is ${written.status} (${written.reason?.code ?? 'no reason'})`),
    ...when(ledger.bookings !== bookings, `it was booked ${ledger.bookings} times`),
    ...when(
      typeof sent === 'number' ? requests.money !== sent : requests.money > sent.atMost,
      `${requests.money} requests that could move money arrived`,
    ),
    ...when(
      asked !== undefined && !isAsked(requests.status, asked) && tookMs(written) < LATE_POLLS_MS / 6,
      `it was asked about ${requests.status} times`,
    ),
    ...when(reason !== undefined && written.reason?.code !== reason, `the reason is ${written.reason?.code}`),
  ];
}

/** A callback that was repeated before its first was answered for is asked about once more; polls come far later. */
export function isAsked(times: number, expected: number): boolean {
  return times === expected || (expected > 0 && times === expected + 1);
}

function tookMs({ createdAt, updatedAt }: Payout): number {
  return Date.parse(updatedAt) - Date.parse(createdAt);
}

/** What must hold whatever was expected: at most one booking, and the journal says what the ledger says. */
function moneyRulesBroken({ told, written, attempts, ledger }: Testimony): readonly string[] {
  const { status, amount } = written;
  const { word, bookings, bookedMinor } = ledger;
  const mayHaveLeft = attempts.filter(({ answer }) => answer?.kind !== 'not_sent').length;
  const succeeded = status === 'succeeded';
  const endedUnpaid = isFinal(status) && !succeeded;
  return [
    ...when(bookings > 1, 'money moved more than once'),
    ...when(succeeded && bookings !== 1, 'succeeded without a booking'),
    ...when(endedUnpaid && bookings > 0, `${status} although money moved`),
    ...when(succeeded && word !== 'paid', `succeeded, but the provider's word is ${word}`),
    ...when(
      endedUnpaid && word !== 'not_paid' && word !== 'unknown',
      `${status}, but the provider's word is ${word}`,
    ),
    ...when(
      bookings === 1 && bookedMinor !== amount.minor,
      `${bookedMinor} moved instead of ${amount.minor}`,
    ),
    ...when(
      succeeded && ledger.reference !== undefined && written.reference !== ledger.reference,
      'the reference is not that of the booking',
    ),
    ...when(
      mayHaveLeft !== ledger.requests.money,
      `the journal has ${mayHaveLeft} attempts that may have left, the provider saw ${ledger.requests.money}`,
    ),
    ...when(told.status !== written.status, `the client says ${told.status}, the journal ${written.status}`),
  ];
}

function when(broken: boolean, words: string): readonly string[] {
  return broken ? [words] : [];
}
