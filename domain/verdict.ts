import type { Reason } from './payout.js';

/** What a person found out about something in review. */
export const VERDICTS = ['paid', 'not_paid', 'ask_again'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** An operator's verdict, as it is asked for. */
export interface VerdictInput {
  readonly verdict: Verdict;
  readonly actor: string;
  readonly reason: string;
}

const STATUS_AFTER = { paid: 'succeeded', not_paid: 'declined', ask_again: 'processing' } as const;

/** What a verdict makes of a payout, or of a payment. */
export function effectOf({ verdict, reason }: VerdictInput): {
  readonly to: (typeof STATUS_AFTER)[Verdict];
  readonly reason: Reason;
} {
  return { to: STATUS_AFTER[verdict], reason: { code: `operator_${verdict}`, message: reason } };
}

/** Does it stand as this very verdict left it? Then the verdict is a repeat of one whose answer was lost. */
export function standsBy(
  command: VerdictInput,
  { status, reason }: { readonly status: string; readonly reason?: Reason | undefined },
): boolean {
  const effect = effectOf(command);
  return (
    status === effect.to && reason?.code === effect.reason.code && reason.message === effect.reason.message
  );
}
