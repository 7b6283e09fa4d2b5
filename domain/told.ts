import type { MoneyAnswer, StatusAnswer } from './provider-answer.js';

/** What a provider said, for a person: without an address or fields by which its reader could act for the recipient. */
export interface Told {
  /** `not_sent`, `unknown`, or how the order stands: `pending`, `paid`, `not_found` … */
  readonly kind: Exclude<MoneyAnswer['kind'] | StatusKind, 'answered'>;
  readonly class?: string | undefined;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly detail?: string | undefined;
  readonly reference?: string | undefined;
}

type StatusKind = Extract<StatusAnswer, { kind: 'answered' }>['progress']['kind'];

/** The answer to a request or to a status query, as `Told`. */
export function toldBy(answer: MoneyAnswer | StatusAnswer): Told {
  if (answer.kind !== 'answered') {
    return { kind: answer.kind, code: answer.code, message: answer.message };
  }
  const { progress } = answer;
  switch (progress.kind) {
    case 'ready':
    case 'not_found':
    case 'action_required':
      return { kind: progress.kind };
    case 'pending':
      return { kind: progress.kind, detail: progress.detail };
    case 'paid':
      return { kind: progress.kind, reference: progress.reference };
    case 'returned':
    case 'contradiction':
      return { kind: progress.kind, code: progress.code, message: progress.message };
    case 'not_paid': {
      const { kind, class: how, code, message } = progress;
      return { kind, class: how, code, message };
    }
  }
}
