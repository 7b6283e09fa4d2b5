import type { PayoutKey } from '../../domain/ids.js';
import type { PayoutJournal } from '../../journal/port.js';
import type { Rewire } from '../../workers/rewire.js';

type ToBegin = Parameters<PayoutJournal['beginAttempt']>[1];

/** Intent and answer are both written when the answer is there: what dies in between leaves no trace. */
export const withoutIntent: Rewire = ({ journal, accounts }) => {
  const { payouts } = journal;
  const begun = new Map<string, ToBegin>();
  const nameOf = ({ merchant, payoutId }: PayoutKey): string => `${merchant}/${payoutId}`;
  const forgetful: PayoutJournal = {
    ...payouts,
    async beginAttempt(key, attempt) {
      const { attempts = [] } = (await payouts.read(key)) ?? {};
      begun.set(nameOf(key), attempt);
      return { kind: 'go', number: attempts.length + 1 };
    },
    async endAttempt(key, number, answer) {
      const attempt = begun.get(nameOf(key));
      if (attempt) await payouts.beginAttempt(key, attempt);
      return payouts.endAttempt(key, number, answer);
    },
  };
  return { journal: { ...journal, payouts: forgetful }, accounts };
};
