import type { PayoutKey } from '../../domain/ids.js';
import type { Payout } from '../../domain/payout.js';
import type { MoneyAnswer } from '../../domain/provider-answer.js';
import {
  eventFor,
  positionOf,
  type Change,
  type Decision,
  type Position,
  type Standing,
} from '../decision.js';
import { UnknownAttemptError } from '../errors.js';
import { sameJson } from '../json.js';
import { mayHaveLeft, type By } from '../port.js';
import { describeAnswer } from './describe.js';
import { followProgress } from './follow-progress.js';

/** The request's answer is here: write it down, with the move that follows from it. */
export function endAttempt(
  standing: Standing,
  key: PayoutKey,
  number: number,
  answer: MoneyAnswer,
): Decision<Payout> {
  const { payout, attempts } = standing;
  const attempt = attempts.find((candidate) => candidate.number === number);
  if (attempt === undefined) throw new UnknownAttemptError(key, number);

  const result = (stands: Payout) => stands;
  const late = attempt.answer !== undefined;
  if (late && sameJson(attempt.answer, answer)) return { result };

  const by = { actor: answer.kind === 'answered' ? `provider:${payout.account}` : 'engine' };
  const consequence = isSuperseded(standing, number, answer)
    ? undefined
    : consequenceOf(standing, answer, by, late);
  const learnt = teaches(attempt.answer, answer);
  if (consequence === undefined && !learnt) return { result };

  const position = consequence?.position;
  const data = { number, step: attempt.step, ...(late && { late }), answer: describeAnswer(answer) };
  const [followed] = consequence?.events ?? [];
  // A plain move is told by the answer's own event; a correction or contradiction is an event of its own.
  const own = followed !== undefined && followed.type !== 'status' ? followed : undefined;
  const told = eventFor(payout, own === undefined ? position : undefined, by, { type: 'answer', data });
  return {
    change: {
      position,
      events: own === undefined ? [told] : [told, own],
      ...(learnt && { answer: { number, answer } }),
    },
    result,
  };
}

/** What is known of an attempt only grows: no later word makes one that was answered, or may have left, `not_sent`. */
function teaches(before: MoneyAnswer | undefined, answer: MoneyAnswer): boolean {
  return before === undefined || (before.kind === 'unknown' && answer.kind === 'answered');
}

/**
 * A refusal speaks of its own request alone. Where a later one may have left, only the order's status says whether that
 * one moved money.
 */
function isSuperseded({ attempts }: Standing, number: number, answer: MoneyAnswer): boolean {
  if (answer.kind !== 'answered' || answer.progress.kind !== 'not_paid') return false;
  const { step } = attempts.find((attempt) => attempt.number === number) ?? {};
  return attempts.some((later) => later.number > number && later.step === step && mayHaveLeft(later));
}

function consequenceOf(standing: Standing, answer: MoneyAnswer, by: By, late: boolean): Change | undefined {
  if (answer.kind === 'answered') return followProgress(standing, answer.progress, by);
  // Neither moves the payout. Both are worth knowing while nothing better is known.
  if (late || standing.payout.status !== 'processing') return undefined;
  const { code, message } = answer;
  const position: Position = { ...positionOf(standing.payout), reason: { code, message } };
  return { position, events: [eventFor(standing.payout, position, by, { type: 'status' })] };
}
