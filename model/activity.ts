import { ApplicationFailure, asyncLocalStorage, type Context } from '@temporalio/activity';
import { askStatus, awaitChange } from '../activities/ask.js';
import type { StepResult } from '../activities/contract.js';
import type { ActivityDeps } from '../activities/deps.js';
import { takeStep } from '../activities/take-step.js';
import type { PayoutStatus } from '../domain/payout-status.js';
import type { Progress } from '../domain/provider-answer.js';
import { IllegalMoveError, type AttemptStep, type BeganAttempt, type Journal } from '../journal/port.js';
import type { PayoutProvider } from '../providers/port.js';
import type { Effect, Reply } from './effect.js';
import { KEY, MIN_NOT_FOUND, REQUEST, GRACE_MS } from './ledger.js';
import type { Machine } from './machine.js';

/** What the workflow asks a worker to do at the provider. */
export type Call =
  | { readonly activity: 'takeStep'; readonly step: AttemptStep; readonly resendOf?: number | undefined }
  | { readonly activity: 'awaitChange'; readonly from: PayoutStatus }
  | { readonly activity: 'askStatus' };

/**
 * What the clocks say to one run of an activity: `early`: its budgets are not spent; `spent`: send budget and poll
 * schedule are; `action_over`: the recipient's time to act is.
 */
export type Hour = 'early' | 'spent' | 'action_over';

/** Where a run of an activity stands after some replies. */
export type Stage =
  | { readonly kind: 'wants'; readonly effect: Effect }
  /** `from`: which of the replies held the payout that is returned. */
  | {
      readonly kind: 'done';
      readonly status: PayoutStatus;
      readonly from: number;
      readonly next: StepResult['next'];
      readonly of?: number | undefined;
    }
  /** It failed and the server will start it again. */
  | { readonly kind: 'again' }
  | { readonly kind: 'failed' };

/** Thrown where a run is needed that has to be waited for: once `run` is done, ask again. */
export class NotRunYet extends Error {
  constructor(readonly run: Promise<unknown>) {
    super('The activity has not been run up to there yet');
  }
}

/** The account's settings that the activities look at. */
export interface AccountSettings {
  readonly steps: readonly AttemptStep[];
  readonly resendAfterNotFound: PayoutProvider['limits']['resendAfterNotFound'];
}

/**
 * Runs the engine's own activity up to what it asks for after `replies`: from its start each time, which is possible
 * because it depends on nothing else. A payout in reply number i has the version i: so the result tells which it is.
 */
export function runActivity(
  machine: Machine,
  settings: AccountSettings,
  call: Call,
  hour: Hour,
  replies: readonly Reply[],
): Promise<Stage> {
  return new Promise((resolve) => {
    let used = 0;
    const ask = <Value>(effect: Effect): Promise<Value> => {
      const reply = replies[used];
      used += 1;
      if (reply === undefined) {
        resolve({ kind: 'wants', effect });
        // This run has told what it was started for.
        return new Promise(() => undefined);
      }
      if ('illegal' in reply) return Promise.reject(new IllegalMoveError(...reply.illegal));
      if ('error' in reply) return Promise.reject(new Error(reply.error));
      return Promise.resolve(reply.value as Value);
    };
    const deps = depsOf(machine, settings, hour, ask);
    // The second run of a poll asks; one of a send whose budget is spent has had many.
    const attempt = hour === 'spent' ? 99 : call.activity === 'awaitChange' ? 2 : 1;
    const info = { attempt, scheduledTimestampMs: hour === 'spent' ? 0 : Date.now() };
    asyncLocalStorage
      .run({ info } as Context, () => start(deps, call))
      .then(
        ({ payout, ...rest }) => {
          const of = rest.next === 'resend' ? { of: rest.of } : {};
          resolve({ kind: 'done', status: payout.status, from: payout.version, next: rest.next, ...of });
        },
        (error: unknown) => {
          const final = error instanceof ApplicationFailure && error.nonRetryable === true;
          resolve({ kind: final ? 'failed' : 'again' });
        },
      );
  });
}

function start(deps: ActivityDeps, call: Call): Promise<StepResult> {
  switch (call.activity) {
    case 'takeStep':
      return takeStep(deps, { key: KEY, step: call.step, resendOf: call.resendOf });
    case 'awaitChange':
      return awaitChange(deps, { key: KEY, from: call.from });
    case 'askStatus':
      return askStatus(deps, { key: KEY, because: 'a callback' });
  }
}

type Ask = <Value>(effect: Effect) => Promise<Value>;

/** The activity's world: each call of the journal or the provider is an effect. */
function depsOf(machine: Machine, settings: AccountSettings, hour: Hour, ask: Ask): ActivityDeps {
  let begun = 0;
  const payouts: Partial<Journal['payouts']> = {
    read: () => ask({ kind: 'read' }),
    async beginAttempt(_key, { step, resendOf }) {
      const began = await ask<BeganAttempt>({ kind: 'begin', step, resendOf });
      if (began.kind === 'go') begun = began.number;
      return began;
    },
    endAttempt: (_key, number, answer) => ask({ kind: 'end', number, answer }),
    countNotFound: (_key, number, said) => ask({ kind: 'count', number, said }),
    recordProgress: (_key, progress: Progress, { actor }) => ask({ kind: 'record', progress, actor }),
    changeStatus: (_key, to, _reason, { actor }, from) => ask({ kind: 'change', to, from, actor }),
    closeUnsent: (_key, { to }) => ask({ kind: 'close', to }),
  };
  const limits: Partial<PayoutProvider['limits']> = {
    callTimeoutMs: 1000,
    notFoundGraceMs: GRACE_MS,
    notFoundMinQueries: MIN_NOT_FOUND,
    resendAfterNotFound: settings.resendAfterNotFound,
    sendBudgetMs: GRACE_MS / 2,
    poll: [{ delayMs: 1_000_000, times: 1 }],
    actionGraceMs: hour === 'action_over' ? 0 : Number.MAX_SAFE_INTEGER,
    ...machine.limits,
  };
  const provider: Partial<PayoutProvider> = {
    kind: 'payout',
    limits: limits as PayoutProvider['limits'],
    steps: () => settings.steps,
    async prepare(step, { orderId }) {
      const built = await ask<'built' | { kind: 'not_sent'; code: string; message: string }>({
        kind: 'prepare',
        step,
      });
      if (built !== 'built') return built;
      return {
        exact: new Uint8Array(),
        send: () => ask({ kind: 'send', number: begun, step, orderId: machine.orderIdSent(orderId, begun) }),
      };
    },
    status: () => ask({ kind: 'status' }),
    callbackRepeat: { lacking: 'not modelled: a repeated callback is a callback' },
  };
  return {
    journal: { payouts } as Journal,
    accounts: new Map([[REQUEST.account, { provider: provider as PayoutProvider }]]),
    sealingKeys: { keys: [] },
    fingerprintKey: Buffer.alloc(32),
  };
}
