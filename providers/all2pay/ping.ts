import type { Account } from './account.js';
import { cleanWords } from '../clean-words.js';

/** `GET /echo` answers with a line about the module's version and node; it is not parsed (All2pay payouts document §4). */
export async function ping(account: Account, signal: AbortSignal): Promise<{ ok: boolean; words: string }> {
  const answer = await account.exchange.get('echo', 'text/plain', signal);
  if (answer.kind !== 'response') return { ok: false, words: answer.message };
  const line = cleanWords(answer.body.toString('utf8'), account.reading([]).confidential);
  const ok = answer.status >= 200 && answer.status <= 299 && line !== '';
  return { ok, words: ok ? line : `HTTP ${answer.status}` };
}
