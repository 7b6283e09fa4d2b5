/** A worker with one money rule taken away. Usage: worker.ts RULE */
import type { Rewire } from '../../workers/rewire.js';
import { builtProduct } from '../stage/built.js';
import { withoutIntent } from './no-intent.js';
import { mistaking } from './rewired-provider.js';

const BREAKS: Readonly<Record<string, Rewire>> = {
  /** Whatever went wrong did not happen, so it is tried again. */
  'resend-after-timeout': mistaking((answer) =>
    answer.kind === 'unknown' ? { ...answer, kind: 'not_sent' } : answer,
  ),
  'unknown-is-failed': mistaking((answer) => {
    if (answer.kind !== 'unknown') return answer;
    const { code, message } = answer;
    return { kind: 'answered', progress: { kind: 'not_paid', class: 'refused', code, message } };
  }),
  'no-intent': withoutIntent,
};

const { readEnvironment, runWorker } = await builtProduct();
await runWorker(readEnvironment(), BREAKS[process.argv[2] ?? '']);
