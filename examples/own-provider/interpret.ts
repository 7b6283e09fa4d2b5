import {
  cleanWords,
  type Answered,
  type HttpAnswer,
  type Money,
  type MoneyAnswer,
  type NotSent,
  type Progress,
  type StatusAnswer,
  type Unknown,
  type UnmappedAnswer,
} from 'payout-engine/providers';
import { readAnswer, type Transfer } from './answer.js';
import { ERRORS, meaningOf, STATES } from './words.js';

/** What an interpreter knows beside the answer itself. */
export interface Reading {
  readonly orderId: string;
  readonly amount: Money;
  /** Values that may not come back in a message. */
  readonly confidential: readonly string[];
  readonly onUnmapped: (seen: Omit<UnmappedAnswer, 'account' | 'protocol'>) => void;
}

type Meaning = (typeof ERRORS)[string];

/** The answer to `POST /transfers` (Pocket Pay §4, §6). */
export function interpretMoney(http: HttpAnswer, reading: Reading): MoneyAnswer {
  return interpret(http, 'money', reading, (meaning, code, message) =>
    meaning === 'refused' || meaning === 'declined'
      ? { kind: 'answered', progress: { kind: 'not_paid', class: meaning, code, message } }
      : unknown(code, message),
  );
}

/** The answer to `GET /transfers/<id>` (§5). An error here is about the question and says nothing of the transfer. */
export function interpretStatus(http: HttpAnswer, reading: Reading): StatusAnswer {
  return interpret(http, 'status', reading, (meaning, code, message) =>
    meaning === 'not_found' ? { kind: 'answered', progress: { kind: 'not_found' } } : unknown(code, message),
  );
}

function interpret<Answer>(
  http: HttpAnswer,
  call: 'money' | 'status',
  reading: Reading,
  ofError: (meaning: Meaning, code: string, message: string) => Answer,
): Answer | NotSent | Unknown | Answered<Progress> {
  // No answer: `not_sent` and `unknown` pass through. A timeout is not a failure.
  if (http.kind !== 'response') return http;
  const answer = readAnswer(http);
  switch (answer.kind) {
    case 'unreadable':
      return unknown(`http_${http.status}`, `HTTP ${http.status} with nothing that Pocket Pay would say`);
    case 'error': {
      const code = shortCode(answer.code);
      const message = cleanWords(answer.message ?? '', reading.confidential) || `HTTP ${http.status}`;
      const meaning = meaningOf(ERRORS, `${http.status} ${answer.code}`);
      if (meaning !== undefined) return ofError(meaning, code, message);
      reading.onUnmapped({ call, what: 'error', http: http.status, code, words: message });
      return unknown(code, message);
    }
    case 'transfer': {
      const progress = progressOf(answer.transfer);
      if (progress === undefined) {
        const code = shortCode(answer.transfer.state);
        reading.onUnmapped({ call, what: 'order_status', http: http.status, code });
        return unknown('unknown_state', `The state ${code} is not in the table`);
      }
      return { kind: 'answered', progress: mismatch(answer.transfer, reading) ?? progress };
    }
  }
}

/** How a transfer stands (§4); undefined for a state that nobody documented. */
export function progressOf({ state, reference, fee, paid_at, reason }: Transfer): Progress | undefined {
  switch (meaningOf(STATES, state)) {
    case 'pending':
      return { kind: 'pending' };
    case 'paid':
      return { kind: 'paid', reference, feeMinor: fee, paidAt: paid_at };
    case 'refused': {
      const code = shortCode(reason ?? 'refused');
      return { kind: 'not_paid', class: 'declined', code, message: `Pocket Pay refused it (${code})` };
    }
    case undefined:
      return undefined;
  }
}

/** A word about something else than we asked for: whatever it says, only a person may decide. */
function mismatch(
  { id, amount, currency }: Transfer,
  { orderId, amount: ours }: Reading,
): Progress | undefined {
  const different =
    id !== orderId
      ? 'id'
      : amount !== ours.minor
        ? 'amount'
        : currency !== ours.currency
          ? 'currency'
          : undefined;
  if (different === undefined) return undefined;
  return { kind: 'contradiction', code: 'answer_mismatch', message: `The answer's ${different} is not ours` };
}

function unknown(code: string, message: string): Unknown {
  return { kind: 'unknown', code, message };
}

/** A word of theirs as a code: it becomes part of records and metrics. */
function shortCode(code: string): string {
  return /^[a-z][a-z_]{0,39}$/.test(code) ? code : 'unreadable_code';
}
