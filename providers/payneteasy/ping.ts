import type { OrderId } from '../../domain/ids.js';
import type { Account } from './account.js';
import { wordsOf } from './reading.js';
import { statusBody } from './requests.js';
import { readAnswer } from './responses.js';

/** No order is called so; whoever answers that has read the question and believed its control. */
const NOBODYS_ORDER = 'connection-test' as OrderId;

/** The provider has no echo: a question about an order that nobody has tells whether it knows us (Payneteasy §6.5). */
export async function ping(account: Account, signal: AbortSignal): Promise<{ ok: boolean; words: string }> {
  const http = await account.exchange.status(statusBody({ orderId: NOBODYS_ORDER }, account.config), signal);
  if (http.kind !== 'response') return { ok: false, words: http.message };
  const answer = readAnswer(http);
  if (http.status === 403) return { ok: false, words: 'HTTP 403: login, control key, key or clock is wrong' };
  if (answer?.type === undefined || http.status >= 500) return { ok: false, words: `HTTP ${http.status}` };
  const said = wordsOf(answer.errorMessage, account.reading([]), answer.status ?? 'without words');
  return { ok: true, words: `It answers, and knows us (${said})` };
}
