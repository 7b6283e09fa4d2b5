import type { Payout } from '../../domain/payout.js';
import { commandName } from '../command-name.js';

/** What a person can decide about a payout: the exact command, and what it means. */
export interface Verdict {
  readonly command: string;
  readonly meaning: string;
}

const RETURNED =
  'The money came back, as you saw at the provider or on a statement. It may be paid anew, under a new id.';
const PAID_AFTER_ALL = 'The money went out after all. Never pay it again.';

/** None where there is nothing to decide. */
export function verdictsOn({ status, merchant, payoutId }: Payout): readonly Verdict[] {
  const correct = (to: string): string =>
    `${commandName()} correct ${payoutId} --merchant ${merchant} --to ${to} --reason "…"`;
  if (status === 'succeeded') return [{ command: correct('returned'), meaning: RETURNED }];
  if (status === 'declined') return [{ command: correct('succeeded'), meaning: PAID_AFTER_ALL }];
  if (status !== 'in_review') return [];
  const resolve = (verdict: string): string =>
    `${commandName()} resolve ${payoutId} --merchant ${merchant} --verdict ${verdict} --reason "…"`;
  return [
    {
      command: resolve('paid'),
      meaning: 'You saw at the provider that the money went out: it becomes succeeded. Never pay it again.',
    },
    {
      command: resolve('not_paid'),
      meaning:
        'You are sure that it did not and will not: it becomes declined. It may be paid anew, under a new id.',
    },
    {
      command: resolve('ask_again'),
      meaning:
        'The provider is to be asked once more, on the usual schedule. Nothing is sent, nothing is decided.',
    },
  ];
}
