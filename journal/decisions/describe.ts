import type { MoneyAnswer, Progress, StoreProgress } from '../../domain/provider-answer.js';

/** Progress for the history. An action's address and fields can let their reader act for the recipient: left out. */
export function describeProgress(progress: Progress | StoreProgress): unknown {
  if (progress.kind !== 'action_required') return progress;
  const { type, expiresAt } = progress.action;
  return { kind: progress.kind, action: { type, expiresAt } };
}

export function describeAnswer(answer: MoneyAnswer): unknown {
  return answer.kind === 'answered'
    ? { kind: answer.kind, progress: describeProgress(answer.progress) }
    : answer;
}
