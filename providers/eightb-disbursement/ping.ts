import type { Account } from './account.js';
import { createBalance } from './balance.js';

/** The protocol has no call for this: a balance that is answered shows as much (8b Disbursement §5.3). */
export async function ping(account: Account, signal: AbortSignal): Promise<{ ok: boolean; words: string }> {
  const answer = await createBalance(account).read(signal);
  return answer.kind === 'answered'
    ? { ok: true, words: 'The provider answers, and takes our signature' }
    : { ok: false, words: answer.message };
}
