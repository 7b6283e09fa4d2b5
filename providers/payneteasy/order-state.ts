import { isCardNumber } from '../../domain/card.js';
import type { Progress, Unknown } from '../../domain/provider-answer.js';
import { differingMoney, namesOurOrder } from './consistency.js';
import { contradiction, shortCode, unknown, wordsOf, type PayoutReading } from './reading.js';
import { isReady } from './ready.js';
import { redirectWait } from './redirect.js';
import type { PayneteasyAnswer } from './responses.js';
import { statusRow, type StatusRow } from './status-map.js';
import { plainCode } from './words.js';

/** How the order stands by a `status-response` about it (Payneteasy §6.5, §7). */
export function orderState(
  answer: PayneteasyAnswer,
  http: number,
  reading: PayoutReading,
): Progress | Unknown {
  const { status = 'processing' } = answer;
  const row = statusRow(status);
  if (row === undefined) {
    const code = shortCode(status, reading);
    reading.onUnmapped({ call: 'status', what: 'order_status', http, code });
    return unknown('order_status', `Status ${code} is not in the table`);
  }
  const type = transactionType(answer, reading);
  if (type === 'reversed') return reversed(answer, row, reading);
  if (isReady(answer, reading.config)) return ready(answer, reading);
  switch (row.meaning) {
    case 'doubt':
      return unknown('status_unknown', `Status "${row.status}": ${row.words}`);
    case 'pending':
      return pending(answer, reading);
    case 'not_paid':
      return type === 'unlisted' ? unlisted(answer, http, reading) : notPaid(answer, row, reading);
    case 'paid':
      return type === 'unlisted' ? unlisted(answer, http, reading) : approved(answer, type, reading);
  }
}

/**
 * An approved reversal of our order and of all its money is the proof that the money came back (§6.5). Any other tells a
 * person to look.
 */
function reversed(answer: PayneteasyAnswer, { meaning, words }: StatusRow, reading: PayoutReading): Progress {
  const { config, expected } = reading;
  const code = shortCode(answer.transactionType ?? '', reading);
  const message = `The provider reports a ${code} of this payout (${words})`;
  const isWhole =
    differingMoney(answer, expected) === undefined &&
    (answer.amount !== undefined || config.successWithoutAmount);
  return meaning === 'paid' && isWhole && namesOurOrder(answer, expected)
    ? { kind: 'returned', code, message }
    : contradiction(code, message);
}

type TransactionType = 'payout' | 'check' | 'reversed' | 'absent' | 'unlisted';

function transactionType(
  { transactionType: said }: PayneteasyAnswer,
  { config }: PayoutReading,
): TransactionType {
  if (said === undefined) return 'absent';
  const { payout, check, reversed } = config.transactionTypes;
  if (reversed.includes(said)) return 'reversed';
  if (check.includes(said)) return 'check';
  return payout.includes(said) ? 'payout' : 'unlisted';
}

/** The end of something that we have no word for is not the end of the payout. */
function unlisted(
  { transactionType: said = '' }: PayneteasyAnswer,
  http: number,
  reading: PayoutReading,
): Unknown {
  const code = shortCode(said, reading);
  reading.onUnmapped({ call: 'status', what: 'operation_type', http, code });
  return unknown('transaction_type', `Transaction type ${code} is not in the table`);
}

function pending({ redirectTo, orderStage }: PayneteasyAnswer, reading: PayoutReading): Progress | Unknown {
  if (redirectTo !== undefined) return redirectWait(redirectTo, reading);
  // Opaque (§6.5): shown, never acted on.
  const stage = orderStage === undefined ? undefined : shortCode(orderStage, reading);
  return { kind: 'pending', detail: stage === undefined ? 'processing' : `processing, stage ${stage}` };
}

/** To pay what was checked for another amount would be to pay another amount. */
function ready(answer: PayneteasyAnswer, reading: PayoutReading): Progress {
  const different = differingMoney(answer, reading.expected);
  if (different === undefined) return { kind: 'ready' };
  return contradiction('answer_mismatch', `The order was checked, but its ${different} differs from ours`);
}

function notPaid(
  { errorCode, errorMessage }: PayneteasyAnswer,
  { status, code, words }: StatusRow,
  reading: PayoutReading,
): Progress {
  const theirs = errorCode === undefined || errorCode === '0' ? undefined : shortCode(errorCode, reading);
  const message = wordsOf(errorMessage, reading, `Status "${status}": ${words}`);
  if (status === 'error' && reading.config.errorStatus === 'review') {
    return contradiction('provider_error', message);
  }
  return { kind: 'not_paid', class: 'declined', code: code ?? theirs ?? status, message };
}

/** "approved" is a success only where it is about this payout and nothing beside it says otherwise. */
function approved(
  answer: PayneteasyAnswer,
  type: TransactionType,
  reading: PayoutReading,
): Progress | Unknown {
  const { config, expected } = reading;
  if (type === 'check') return unknown('approved_check', 'A check was approved, not the payout');
  if (type === 'absent' && config.flow === 'two_step') {
    return unknown('approved_what', 'Approved, but whether the check or the payout the answer does not say');
  }
  if (!namesOurOrder(answer, expected))
    return unknown('no_order_named', 'Approved, but which order is not said');
  const different = differingMoney(answer, expected);
  if (different !== undefined) {
    return contradiction('answer_mismatch', `Approved, but the provider's ${different} differs from ours`);
  }
  if (answer.amount === undefined && !config.successWithoutAmount) {
    return unknown('no_amount', 'Approved, but for which amount the answer does not say');
  }
  if (answer.errorCode !== undefined && answer.errorCode !== '0') {
    return contradiction('inconsistent_success', 'Approved, but with an error code');
  }
  return {
    kind: 'paid',
    reference: reference(answer.processorRrn, reading) ?? reference(answer.paynetOrderId, reading),
  };
}

/** For disputes: the bank's number if there is one, else the gateway's. */
function reference(text: string | undefined, reading: PayoutReading): string | undefined {
  const plain = plainCode(text, reading.confidential);
  return plain !== undefined && !isCardNumber(plain) ? plain : undefined;
}
