import type { Standing } from '../journal/decision.js';
import { mayHaveLeft } from '../journal/port.js';
import type { Configuration } from './configuration.js';
import { configurationNamed } from './configurations.js';
import { INTACT, type Machine } from './machine.js';

/** One rule taken out of the engine, and where the check must notice. */
export interface Mutation {
  readonly name: string;
  readonly rule: string;
  readonly machine: Machine;
  readonly config: Configuration;
}

/** Every rule, removed one at a time, by what the model puts together: the engine has no switch for it. */
export const MUTATIONS: readonly Mutation[] = [
  mutation('an unanswered request is sent again', 'rule 4', 'one step', {
    attemptsRead: unknownHidden,
    beginAttempt: (standing, attempt) => INTACT.beginAttempt(hiding(standing), attempt),
  }),
  mutation('no intent is written', 'rule 2', 'one step', {
    beginAttempt: (standing, attempt) => {
      const { result } = INTACT.beginAttempt(standing, attempt);
      return { result };
    },
  }),
  mutation('unsigned callbacks are believed', 'rule 1', 'callbacks that prove', { trustsUnsigned: true }),
  mutation('an unknown outcome is a failure', 'rule 3', 'one step', {
    endAttempt: (standing, key, number, answer) =>
      INTACT.endAttempt(standing, key, number, answer.kind === 'unknown' ? refusal(answer) : answer),
  }),
  mutation('one "not found" is enough', 'rule 4', 'resend', { limits: { notFoundMinQueries: 1 } }),
  mutation('"not found" counts within the grace period', 'rule 4', 'resend', {
    limits: { notFoundGraceMs: 0 },
  }),
  mutation('a resend has an order id of its own', 'rule 4', 'resend', {
    orderIdSent: (orderId, attempt) => (attempt === 1 ? orderId : `${orderId}-${attempt}`),
  }),
  mutation('final is not final', 'rule 6', 'callbacks that prove', {
    followProgress: (standing, progress, by) => INTACT.followProgress(reopened(standing), progress, by),
  }),
  mutation('what was sent can be cancelled', 'rule 3', 'one step', {
    closeUnsent: (standing, close, by) => INTACT.closeUnsent({ ...standing, attempts: [] }, close, by),
  }),
  mutation('a cancelled payout is sent', 'rule 6', 'one step', {
    beginAttempt: (standing, attempt) => INTACT.beginAttempt(reopened(standing), attempt),
  }),
  mutation('the end of the poll schedule is a failure', 'rule 3', 'one step', {
    changeStatus: (standing, to, reason, by, from) =>
      INTACT.changeStatus(standing, to === 'in_review' ? 'failed' : to, reason, by, from),
  }),
  mutation('a later answer overwrites the one before it', 'rule 3', 'resend, senders may stand still', {
    endAttempt: (standing, key, number, answer) =>
      INTACT.endAttempt(forgetting(standing, number), key, number, answer),
  }),
  mutation('a refused resend is believed', 'rule 1', 'resend, senders may stand still', {
    endAttempt: (standing, key, number, answer) =>
      INTACT.endAttempt(
        standing,
        key,
        number,
        answer.kind === 'unknown' && answer.suspected ? refusal(answer) : answer,
      ),
  }),
  mutation('nobody asks after a review', 'no stuck state', 'callbacks that prove', {
    asksAfterReview: false,
  }),
];

function mutation(name: string, rule: string, config: string, changed: Partial<Machine>): Mutation {
  return { name, rule, machine: { ...INTACT, ...changed }, config: configurationNamed(config) };
}

function refusal({ code, message }: { code: string; message: string }) {
  return { kind: 'answered', progress: { kind: 'not_paid', class: 'refused', code, message } } as const;
}

/** As if an answer that is missing or unknown proved that nothing was sent. */
function unknownHidden(attempts: Standing['attempts']): Standing['attempts'] {
  const answer = { kind: 'not_sent', code: '', message: '' } as const;
  return attempts.map((attempt) =>
    mayHaveLeft(attempt) && attempt.answer?.kind !== 'answered' ? { ...attempt, answer } : attempt,
  );
}

function hiding(standing: Standing): Standing {
  return { ...standing, attempts: unknownHidden(standing.attempts) };
}

function reopened(standing: Standing): Standing {
  return { ...standing, payout: { ...standing.payout, status: 'processing' } };
}

function forgetting(standing: Standing, number: number): Standing {
  const attempts = standing.attempts.map((attempt) =>
    attempt.number === number ? { ...attempt, answer: undefined } : attempt,
  );
  return { ...standing, attempts };
}
