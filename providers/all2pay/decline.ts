import type { NotPaid } from '../../domain/provider-answer.js';
import { shortCode, wordsOf, type Reading } from './reading.js';
import type { All2payAnswer } from './responses.js';
import { codeWords, NOT_A_DECLINE } from './status-map.js';

type Decline =
  | (Pick<NotPaid, 'class' | 'code' | 'message'> & { readonly kind: 'declined' })
  | { readonly kind: 'pending'; readonly detail: string };

/** Why an answer says "declined" (status 6), in the best words it has; some action codes are no decline (§10.3). */
export function readDecline(answer: All2payAnswer, reading: Reading): Decline {
  const { config } = reading;
  const { actionCode } = answer;
  if (actionCode !== undefined && NOT_A_DECLINE.has(actionCode)) {
    return { kind: 'pending', detail: `declined, but with action code ${actionCode}, which is no decline` };
  }
  const code = [actionCode, answer.errorCode].find((value) => value !== undefined && value !== '0');
  // With errorCode 0 the message speaks of the request ("Success"), not of its outcome.
  const ofError = answer.errorCode === '0' ? undefined : answer.errorMessage;
  const text = answer.actionCodeDescription ?? (code && codeWords(config, code)) ?? ofError;
  return {
    kind: 'declined',
    class: actionCode !== undefined && config.sessionExpiry.includes(actionCode) ? 'expired' : 'declined',
    code: code === undefined ? 'declined' : shortCode(code),
    message: wordsOf(text, reading, 'Declined, without a reason'),
  };
}
