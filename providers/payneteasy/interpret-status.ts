import type { Progress, StatusAnswer } from '../../domain/provider-answer.js';
import type { HttpAnswer } from '../http-call.js';
import { isOfAnotherOrder } from './consistency.js';
import { orderState } from './order-state.js';
import { contradiction, orderIdOf, shortCode, unknown, wordsOf, type PayoutReading } from './reading.js';
import { readAnswer, type PayneteasyAnswer } from './responses.js';

/**
 * The answer to `status` (Payneteasy §6.5): a read, so every refusal leaves us as wise as before, but for one that
 * says that there is no such order.
 */
export function interpretStatus(http: HttpAnswer, reading: PayoutReading): StatusAnswer {
  if (http.kind !== 'response') return http;
  const { status } = http;
  const answer = readAnswer(http);
  if (answer === undefined || status === 403 || status === 429 || status < 200 || status >= 500) {
    return unknown(`http_${status}`, `The status answer is HTTP ${status}, and nothing that we could go by`);
  }
  switch (answer.type) {
    case 'status-response':
      if (status >= 300) return unknown(`http_${status}`, `A status in an answer of HTTP ${status}`);
      return aboutTheOrder(answer, status, reading);
    case 'error':
    case 'validation-error':
      return aboutTheQuestion(answer, status, reading);
    default: {
      const code = answer.type === undefined ? 'no_type' : shortCode(answer.type, reading);
      reading.onUnmapped({ call: 'status', what: 'error', http: status, code });
      return unknown('answer_type', `The status answer is of the type ${code}, which is not in the table`);
    }
  }
}

function aboutTheOrder(answer: PayneteasyAnswer, http: number, reading: PayoutReading): StatusAnswer {
  if (isOfAnotherOrder(answer, reading.expected)) {
    return {
      kind: 'answered',
      progress: contradiction('answer_mismatch', 'The answer is about another order'),
    };
  }
  const state = orderState(answer, http, reading);
  return state.kind === 'unknown' ? state : withOrderId(state, answer, reading);
}

function withOrderId(progress: Progress, answer: PayneteasyAnswer, reading: PayoutReading): StatusAnswer {
  const providerOrderId = orderIdOf(answer.paynetOrderId, reading);
  return { kind: 'answered', progress, ...(providerOrderId !== undefined && { providerOrderId }) };
}

/** It concerns the question, not the payout (§6.5); "no such order" is told by its words alone (§13 question 3). */
function aboutTheQuestion(answer: PayneteasyAnswer, http: number, reading: PayoutReading): StatusAnswer {
  const { errorMessage = '', errorCode, paynetOrderId } = answer;
  const says = new RegExp(reading.config.notFoundPattern, 'iu').test(errorMessage.slice(0, 600));
  // Whoever names the gateway's order, or another order of ours, does not say that there is none.
  if (says && paynetOrderId === undefined && !isOfAnotherOrder(answer, reading.expected)) {
    return { kind: 'answered', progress: { kind: 'not_found' } };
  }
  const code = errorCode === undefined ? `http_${http}` : shortCode(errorCode, reading);
  return unknown(code, wordsOf(errorMessage, reading, `The question was refused (HTTP ${http})`));
}
