import { isFinal, type PayoutStatus } from '../../domain/payout-status.js';
import type { Verdict } from '../../domain/verdict.js';
import { queryJournal } from './query-journal.js';

/** What the engine told a caller, and must keep. */
export interface GivenAnswer {
  readonly payoutId: string;
  /** `stands`: a call answered with this final status. `cancelled`, `judged`: a command was said to have taken effect. */
  readonly what:
    | { readonly kind: 'stands'; readonly status: PayoutStatus }
    | { readonly kind: 'cancelled' }
    | { readonly kind: 'judged'; readonly verdict: Exclude<Verdict, 'ask_again'> };
  /** When the call began, in ms since 1970. */
  readonly askedAt: number;
}

/** A move in the journal, of all its moves in their order. */
export interface Move {
  readonly payoutId: string;
  readonly to: PayoutStatus;
  /** Did an operator's verdict make it? */
  readonly isVerdict: boolean;
  /** In ms since 1970. */
  readonly at: number;
}

/** Between the beginning of a transaction, whose time a move has, and its end, after which it can be seen. */
const COMMIT_MS = 15_000;

export async function movesIn(databaseUrl: string): Promise<readonly Move[]> {
  const rows = await queryJournal<{
    id: string;
    to: PayoutStatus;
    from: string | null;
    key: boolean;
    at: Date;
  }>(
    databaseUrl,
    `select payout_id as id, to_status as to, from_status as from, actor like 'key:%' as key, at
     from payout_events where to_status is not null order by payout_id, sequence`,
  );
  return rows.map(({ id, to, from, key, at }) => ({
    ...{ payoutId: id, to, at: new Date(at).getTime() },
    isVerdict: key && from === 'in_review',
  }));
}

/** Answers that the journal does not bear out. */
export function brokenWords(answers: readonly GivenAnswer[], moves: readonly Move[]): string[] {
  const byPayout = new Map<string, Move[]>();
  for (const move of moves) byPayout.set(move.payoutId, [...(byPayout.get(move.payoutId) ?? []), move]);
  return answers.flatMap((answer) => {
    const wrong = wrongIn(answer, byPayout.get(answer.payoutId) ?? []);
    return wrong === undefined ? [] : [`payout ${answer.payoutId}: ${wrong}`];
  });
}

function wrongIn({ what, askedAt }: GivenAnswer, moves: readonly Move[]): string | undefined {
  switch (what.kind) {
    case 'cancelled':
      return moves.at(-1)?.to === 'cancelled' ? undefined : 'said to be cancelled, and is not';
    case 'judged': {
      const to = what.verdict === 'paid' ? 'succeeded' : 'declined';
      const isThere = moves.some((move) => move.isVerdict && move.to === to);
      return isThere ? undefined : `the verdict ${what.verdict} was said to be taken, and is nowhere`;
    }
    case 'stands': {
      if (!isFinal(what.status)) return undefined;
      const given = moves.findLast(({ to }) => to === what.status);
      if (!given) return `answered as ${what.status}, which it never was`;
      const after = moves[moves.indexOf(given) + 1];
      const isOld = after !== undefined && after.at + COMMIT_MS < askedAt;
      return isOld ? `answered as ${what.status} when it had long been ${after.to}` : undefined;
    }
  }
}
