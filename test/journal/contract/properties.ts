import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PayoutKey } from '../../../domain/ids.js';
import { canMove, PAYOUT_STATUSES, type PayoutStatus } from '../../../domain/payout-status.js';
import type { MoneyAnswer, Progress } from '../../../domain/provider-answer.js';
import type { AttemptStep, Journal, PayoutEvent } from '../../../journal/port.js';
import * as samples from '../support/samples.js';

type Operation =
  | { readonly does: 'begin'; readonly step: AttemptStep; readonly resendOf?: number | undefined }
  | { readonly does: 'end'; readonly number: number; readonly answer: MoneyAnswer }
  | { readonly does: 'progress'; readonly progress: Progress }
  | { readonly does: 'change'; readonly to: PayoutStatus }
  | { readonly does: 'close'; readonly to: 'cancelled' | 'failed' };

const progress = fc.constantFrom<Progress>(
  samples.PENDING,
  samples.REDIRECT,
  samples.PAID,
  { ...samples.PAID, reference: 'ref-2' },
  samples.DECLINED,
  { ...samples.DECLINED, class: 'expired' },
  { ...samples.DECLINED, class: 'refused' },
  samples.CONTRADICTION,
);
const answer = fc.oneof(
  { weight: 3, arbitrary: fc.constant(samples.NOT_SENT) },
  { weight: 2, arbitrary: fc.constant(samples.UNKNOWN) },
  { weight: 1, arbitrary: progress.map(samples.answered) },
);
const step = fc.constantFrom<AttemptStep>('register', 'execute');
const resend = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }) },
);
const number = fc.integer({ min: 1, max: 4 });
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('begin' as const), step, resendOf: resend }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('end' as const), number, answer }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('progress' as const), progress }) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('change' as const), to: fc.constantFrom(...PAYOUT_STATUSES) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('close' as const), to: fc.constantFrom('cancelled', 'failed') }),
  },
);

/** What the rules allow, told in as few words as possible and without looking at the journal's code. */
class Model {
  readonly attempts: { step: AttemptStep; best: MoneyAnswer['kind'] | 'none' }[] = [];

  /** A step may go if all that went before it provably never left; `resendOf` overlooks the one unknown that it names. */
  mayBegin(wanted: AttemptStep, resendOf: number | undefined): boolean {
    const last = this.attempts.findLastIndex(
      (attempt) => attempt.step === wanted && attempt.best !== 'not_sent',
    );
    return last < 0 || (last + 1 === resendOf && this.attempts[last]?.best === 'unknown');
  }

  answered(index: number, kind: MoneyAnswer['kind']): void {
    const attempt = this.attempts[index];
    if (attempt === undefined) return;
    if (attempt.best === 'none' || (attempt.best === 'unknown' && kind === 'answered')) attempt.best = kind;
  }

  get mayHaveLeft(): boolean {
    return this.attempts.some((attempt) => attempt.best !== 'not_sent');
  }
}

export function properties(journal: () => Journal, numRuns: number): void {
  it('keeps the money rules in any order of operations', { timeout: 300_000 }, async () => {
    const history = fc.array(operation, { minLength: 1, maxLength: 14 });
    await fc.assert(fc.asyncProperty(history, run), { numRuns });
  });

  it('keeps them when the operations happen at once', { timeout: 300_000 }, async () => {
    const history = fc.array(operation, { minLength: 2, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(history, async (operations) => {
        const key = await samples.accepted(journal());
        await Promise.all(operations.map((each) => perform(key, each)));
        await expectSoundHistory(key);
        expectSoundAttempts(operations, await journal().payouts.attempts(key));
      }),
      { numRuns },
    );
  });

  async function run(operations: readonly Operation[]): Promise<void> {
    const key = await samples.accepted(journal());
    const model = new Model();
    for (const each of operations) {
      const before = (await journal().payouts.get(key))?.status;
      const result = await perform(key, each);
      if (each.does === 'begin' && result === 'go') {
        expect(model.mayBegin(each.step, each.resendOf)).toBe(true);
        expect(['cancelled', 'failed', 'succeeded', 'declined', 'expired', 'returned']).not.toContain(before);
        model.attempts.push({ step: each.step, best: 'none' });
      }
      if (each.does === 'end') model.answered(each.number - 1, each.answer.kind);
      const after = (await journal().payouts.get(key))?.status;
      // Nobody can cancel what may have left; and what was cancelled before stays as unsent as it was.
      if (after === 'cancelled') expect(model.mayHaveLeft).toBe(false);
      if (each.does === 'close' && result === 'closed' && before !== after)
        expect(model.mayHaveLeft).toBe(false);
    }
    await expectSoundHistory(key);
    const written = await journal().payouts.attempts(key);
    expect(
      written.map(({ step: name, answer: last }) => ({ step: name, best: last?.kind ?? 'none' })),
    ).toEqual(model.attempts);
  }

  /** The result's kind, or the name of the error that the journal may answer with. */
  async function perform(key: PayoutKey, each: Operation): Promise<string> {
    const { payouts } = journal();
    try {
      switch (each.does) {
        case 'begin':
          return (await samples.begin(journal(), key, each.step, each.resendOf)).kind;
        case 'end':
          return (await payouts.endAttempt(key, each.number, each.answer)).status;
        case 'progress':
          return (await payouts.recordProgress(key, each.progress, samples.PROVIDER)).status;
        case 'change':
          return (await payouts.changeStatus(key, each.to, { code: 'c', message: 'm' }, samples.OPERATOR))
            .status;
        case 'close': {
          const close = { to: each.to, reason: { code: 'c', message: 'm' } };
          return (await payouts.closeUnsent(key, close, samples.OPERATOR)).closed ? 'closed' : 'refused';
        }
      }
    } catch (error) {
      const name = error instanceof Error ? error.name : '';
      if (name === 'IllegalMoveError' || name === 'UnknownAttemptError') return name;
      throw error;
    }
  }

  /** Numbered without gaps, every move legal, and the moves replay to the status as it stands. */
  async function expectSoundHistory(key: PayoutKey): Promise<void> {
    const events = await journal().payouts.events(key);
    expect(events.map((event) => event.sequence)).toEqual(events.map((_, index) => index + 1));
    expect(replay(events)).toBe((await journal().payouts.get(key))?.status);
  }
}

function replay(events: readonly PayoutEvent[]): PayoutStatus | undefined {
  let status: PayoutStatus | undefined;
  for (const { type, from, to } of events) {
    if (to === undefined) continue;
    if (type !== 'accepted') {
      expect(from).toBe(status);
      expect(from !== undefined && canMove(from, to), `${from} to ${to}`).toBe(true);
    }
    status = to;
  }
  return status;
}

/** Without a resend among the operations, at most one attempt of a step is not proven unsent. */
function expectSoundAttempts(
  operations: readonly Operation[],
  attempts: readonly { step: AttemptStep; answer?: MoneyAnswer | undefined }[],
): void {
  if (operations.some((each) => each.does === 'begin' && each.resendOf !== undefined)) return;
  for (const name of ['register', 'execute']) {
    const barring = attempts.filter(
      (attempt) => attempt.step === name && attempt.answer?.kind !== 'not_sent',
    );
    expect(barring.length).toBeLessThanOrEqual(1);
  }
}
