import { isFinal } from '../domain/payout-status.js';
import type { AttemptStep } from '../journal/port.js';
import type { Call } from './activity.js';
import type { JournalEffect } from './effect.js';
import type { Run, View, World } from './world.js';

/** What the workflow's loop depends on. */
export interface Leading {
  readonly steps: readonly AttemptStep[];
  readonly asksAfterReview: boolean;
}

/** The review of a payout whose provider call failed for good (`workflows/payout.ts`: `review`). */
const REVIEW: JournalEffect = { kind: 'change', to: 'in_review', actor: 'engine' };

/**
 * `workflows/payout.ts` (`follow`, `hearTheRest`) up to where it waits again. It runs right after whatever woke it: what
 * may come in between is what came before or comes after.
 */
export function lead(world: World, leading: Leading): World {
  let { run } = world;
  for (;;) {
    const next = run.phase === 'leading' ? follow(run, leading) : hearTheRest(run);
    if (next === run) break;
    run = next;
  }
  if (run === world.run) return world;
  return { ...world, run };
}

/** Takes over the journal's view, unless a newer one is here already. */
export function become(run: Run, view: View): Run {
  return view.version > run.view.version ? { ...run, view } : run;
}

/** One turn of `follow`'s loop; the same run where it waits. */
function follow(run: Run, leading: Leading): Run {
  if (run.busy) return run;
  if (isFinal(run.view.status)) return { ...run, phase: 'closing', call: undefined };
  if (run.proofs.length > 0 || run.hint) return hear(run);
  const { call } = run;
  if (call?.kind === 'error') {
    return { ...run, call: undefined, busy: { kind: 'write', write: REVIEW } };
  }
  if (call?.kind === 'result') {
    const heard = become(run, call.view);
    const { status } = heard.view;
    if (isFinal(status) || status === 'in_review') return { ...heard, call: undefined };
    const last = leading.steps.length - 1;
    const step = call.next === 'step' ? Math.min(run.step + 1, last) : run.step;
    const take = (resendOf?: number): Call => ({
      activity: 'takeStep',
      step: stepAt(leading, step),
      resendOf,
    });
    if (call.next === 'resend') return scheduled(heard, take(call.of));
    if (call.next === 'step') return scheduled({ ...heard, step }, take());
    return scheduled(heard, { activity: 'awaitChange', from: status });
  }
  // `mayAskAgain`: an operator sent the payout back from review.
  if (call === undefined && run.view.status !== 'in_review' && leading.asksAfterReview) {
    return scheduled(run, { activity: 'awaitChange', from: run.view.status });
  }
  return run;
}

function hearTheRest(run: Run): Run {
  if (run.phase === 'ended' || run.busy) return run;
  const [proof] = run.proofs;
  if (proof) return hear(run);
  if (run.hint) return run.view.status === 'succeeded' ? { ...run, hint: false } : hear(run);
  return { ...run, phase: 'ended' };
}

/** Proofs first, then one question for all hints (`workflows/news-desk.ts`). */
function hear(run: Run): Run {
  const [proof, ...proofs] = run.proofs;
  if (proof) {
    return {
      ...run,
      proofs,
      busy: { kind: 'write', write: { kind: 'record', progress: proof, actor: 'provider' } },
    };
  }
  return { ...run, hint: false, busy: { kind: 'scheduled', call: { activity: 'askStatus' } } };
}

function scheduled(run: Run, call: Call): Run {
  return { ...run, call: { kind: 'scheduled', call } };
}

function stepAt({ steps }: Leading, index: number): AttemptStep {
  return steps[index] ?? 'execute';
}
