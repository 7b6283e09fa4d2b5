import type { MoneyAnswer, NotPaid, Unknown } from '../../domain/provider-answer.js';
import type { HttpAnswer } from '../http-call.js';
import { differingMoney, isOfAnotherOrder } from './consistency.js';
import { httpOutcome, outcomeRow } from './outcome-table.js';
import { contradiction, orderIdOf, shortCode, unknown, wordsOf, type PayoutReading } from './reading.js';
import { readAnswer, type PayneteasyAnswer } from './responses.js';
import { statusRow } from './status-map.js';

/** The commands that make an order, or have one paid. */
export type MoneyCommand = 'payout' | 'payout-by-ref' | 'payout-check' | 'payout-pay';

/** The answer to a request that could move money, by Payneteasy §9: by type and order id, never by text. */
export function interpretMoney(command: MoneyCommand, http: HttpAnswer, reading: PayoutReading): MoneyAnswer {
  if (http.kind !== 'response') return http;
  const { status } = http;
  const decides = httpOutcome(status);
  if (decides === 'ambiguous')
    return unknown(`http_${status}`, `HTTP ${status}: whether it was executed is not said`);
  const answer = readAnswer(http);
  if (answer?.type === undefined) {
    if (decides === 'forbidden')
      return answered(refused('http_403', 'HTTP 403: wrong signature, key or clock'));
    if (answer === undefined)
      return unknown(`http_${status}`, `HTTP ${status} with nothing that we could read`);
    return unknown('no_type', 'The answer does not say what it is');
  }
  if (isOfAnotherOrder(answer, reading.expected)) {
    return answered(contradiction('answer_mismatch', 'The answer is about another order'));
  }
  return byType(answer.type, answer, { command, http: status, reading });
}

interface Asked {
  readonly command: MoneyCommand;
  readonly http: number;
  readonly reading: PayoutReading;
}

function byType(type: string, answer: PayneteasyAnswer, { command, http, reading }: Asked): MoneyAnswer {
  const row = outcomeRow(type, answer.paynetOrderId !== undefined);
  if (row === undefined) {
    const code = shortCode(type, reading);
    reading.onUnmapped({ call: 'money', what: 'error', http, code });
    return unknown('answer_type', `The answer is of the type ${code}, which is not in the table`);
  }
  if (row.type === 'async-response') return accepted(answer, http, reading);
  const { errorCode, errorMessage = '' } = answer;
  const code = errorCode === undefined ? type.replaceAll('-', '_') : shortCode(errorCode, reading);
  const refusal = refused(code, wordsOf(errorMessage, reading, `Refused as ${type}, without a reason`));
  if (new RegExp(reading.config.duplicatePattern, 'iu').test(errorMessage.slice(0, 600))) {
    // It may speak of a request before this one, and what became of that is not said (§10).
    return unknown('duplicate_order', refusal.message);
  }
  switch (command) {
    case 'payout':
    case 'payout-by-ref':
      return row.outcome === 'refused' ? answered(refusal) : suspected(refusal);
    case 'payout-check':
      // No money hangs on it: whether the check stands, the status says.
      return row.outcome === 'refused' ? answered(refusal) : unknown(code, refusal.message);
    case 'payout-pay':
      // "Not created" says nothing of an order that the check has created: one question confirms it. With an order id it
      // may still be approved (§9, §12 scenario 14): then no single answer makes a failure of it.
      return row.outcome === 'refused' ? suspected(refusal) : unknown(code, refusal.message);
  }
}

/** The order exists and is worked on (§9); how it stands, the status says, whatever word is beside it here. */
function accepted(answer: PayneteasyAnswer, http: number, reading: PayoutReading): MoneyAnswer {
  const { status } = answer;
  if (status !== undefined && statusRow(status) === undefined) {
    const code = shortCode(status, reading);
    reading.onUnmapped({ call: 'money', what: 'order_status', http, code });
    return unknown('order_status', `Status ${code} is not in the table`);
  }
  const different = differingMoney(answer, reading.expected);
  if (different !== undefined) {
    return answered(contradiction('answer_mismatch', `The provider's ${different} differs from ours`));
  }
  const providerOrderId = orderIdOf(answer.paynetOrderId, reading);
  if (providerOrderId === undefined)
    return unknown('no_order_id', 'Accepted, but under which order id is not said');
  return { kind: 'answered', progress: { kind: 'pending', detail: 'accepted' }, providerOrderId };
}

function refused(code: string, message: string): NotPaid {
  return { kind: 'not_paid', class: 'refused', code, message };
}

function suspected(refusal: NotPaid): Unknown {
  return { ...unknown(refusal.code, refusal.message), suspected: refusal };
}

function answered(progress: Extract<MoneyAnswer, { kind: 'answered' }>['progress']): MoneyAnswer {
  return { kind: 'answered', progress };
}
