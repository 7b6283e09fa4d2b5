import { isAsked } from '../judge.js';
import { isFinalPayment } from '../../domain/payment-moves.js';
import type { Payment } from '../../domain/payment.js';
import type { PaymentCallKind, PaymentCallRecord, PaymentEvent } from '../../journal/payments/port.js';
import { mayHaveLeft } from '../../journal/port.js';
import type { PaymentFaultOn } from './faults.js';
import type { PaymentExpected } from './scenario.js';
import type { PaymentLedgerEntry } from './subject.js';
import { LATE_POLLS_MS } from './words.js';

/** What each side says of one payment at the end. */
export interface PaymentTestimony {
  /** By the client, so by the workflow. */
  readonly told: Payment;
  /** By the journal. */
  readonly written: Payment;
  readonly calls: readonly PaymentCallRecord[];
  readonly events: readonly PaymentEvent[];
  /** By the provider. */
  readonly ledger: PaymentLedgerEntry;
}

/** On a busy machine the first answer may come too late: then the same bytes follow, which `requestsAstray` checks. */
const ONE_OR_AGAIN = { atMost: 2 };

/** Every way in which the outcome is not the expected one, or one side contradicts another. In words. */
export function judgePayment(expected: PaymentExpected, testimony: PaymentTestimony): readonly string[] {
  return [
    ...unexpected(expected, testimony),
    ...requestsAstray(testimony),
    ...sidesApart(testimony),
    ...moneyAstray(testimony),
  ];
}

function unexpected(
  { status, charges, back = 0, started = ONE_OR_AGAIN, asked, reason, history }: PaymentExpected,
  { written, ledger, events }: PaymentTestimony,
): readonly string[] {
  const { requests } = ledger;
  const begun = requests.start + requests.token;
  const code = written.reason?.code;
  return [
    ...when(written.status !== status, `it is ${written.status} (${code ?? 'no reason'})`),
    ...when(ledger.charges !== charges, `it was charged ${ledger.charges} times`),
    ...when(ledger.refundedMinor !== back, `${ledger.refundedMinor} went back instead of ${back}`),
    ...when(
      typeof started === 'number' ? begun !== started : begun > started.atMost,
      `${begun} requests that begin it arrived`,
    ),
    ...when(
      // On a machine so busy, an answer or a callback may have been too late, and so asked about.
      asked !== undefined && !isAsked(requests.status, asked) && tookMs(written) < LATE_POLLS_MS / 6,
      `it was asked about ${requests.status} times`,
    ),
    ...when(reason !== undefined && code !== reason, `the reason is ${code}`),
    ...when(
      history !== undefined && !events.some(({ type }) => type === history),
      `its history tells of no ${history}`,
    ),
  ];
}

function tookMs({ createdAt, updatedAt }: Payment): number {
  return Date.parse(updatedAt) - Date.parse(createdAt);
}

const CALLED: Readonly<Record<PaymentCallKind, Exclude<PaymentFaultOn, 'status'>>> = {
  start: 'start',
  recurrent: 'token',
  refund: 'refund',
  void: 'void',
  complete: 'complete',
};

/** Each request has its intent in the journal; what moves money leaves once; a page is asked for with the same bytes. */
function requestsAstray({ calls, ledger }: PaymentTestimony): readonly string[] {
  const left = calls.filter(mayHaveLeft);
  const starts = left.filter(({ kind }) => kind === 'start');
  const operations = left.flatMap(({ operationId }) => operationId ?? []);
  return [
    ...Object.entries(CALLED).flatMap(([kind, on]) => {
      const count = left.filter((call) => call.kind === kind).length;
      const seen = ledger.requests[on];
      return when(count !== seen, `the journal has ${count} calls of ${kind}, the provider saw ${seen}`);
    }),
    ...when(left.filter(({ kind }) => kind === 'recurrent').length > 1, 'charged by token more than once'),
    ...when(new Set(operations).size < operations.length, 'an operation was sent more than once'),
    ...when(
      new Set(starts.map(({ requestFingerprint }) => requestFingerprint)).size > 1,
      'it was begun again with other bytes',
    ),
  ];
}

function sidesApart({ told, written }: PaymentTestimony): readonly string[] {
  const [one, other] = [told, written].map(({ status, refundedMinor = 0, transactions, operations }) =>
    JSON.stringify({ status, refundedMinor, transactions, operations }),
  );
  return when(one !== other, `the client says ${one ?? ''}, the journal ${other ?? ''}`);
}

/** What the provider keeps of the payer's money is what the journal says. */
function moneyAstray({ written, ledger }: PaymentTestimony): readonly string[] {
  const { status, amount, purpose, refundedMinor = 0 } = written;
  const { chargedMinor, heldMinor } = ledger;
  const kept = chargedMinor - ledger.refundedMinor;
  const isPaid = (status === 'succeeded' && purpose === 'payment') || status === 'refunded';
  const says = isPaid ? amount.minor - refundedMinor : 0;
  const isCertain = isFinalPayment(status) || status === 'held';
  return [
    ...when(isCertain && kept !== says, `${status}: the provider keeps ${kept}, the journal says ${says}`),
    ...when(ledger.refundedMinor > chargedMinor, 'more went back than was charged'),
    ...when(
      isFinalPayment(status) && heldMinor > 0 && purpose === 'payment',
      `${status}, but ${heldMinor} is held`,
    ),
    ...when(
      status === 'held' && heldMinor !== amount.minor,
      `${heldMinor} is held instead of ${amount.minor}`,
    ),
  ];
}

function when(broken: boolean, words: string): readonly string[] {
  return broken ? [words] : [];
}
