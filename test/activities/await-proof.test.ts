import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { awaitProof } from '../../activities/await-proof.js';
import { askStatus } from '../../activities/ask.js';
import type { StepResult } from '../../activities/contract.js';
import type { ActivityDeps } from '../../activities/deps.js';
import type { PayoutKey } from '../../domain/ids.js';
import type { Payout } from '../../domain/payout.js';
import type { StatusAnswer } from '../../domain/provider-answer.js';
import { readCacheDir } from '../../config/cache-dir.js';
import { openJournal } from '../../journal/open-journal.js';
import type { Journal } from '../../journal/port.js';
import { all2pay } from '../../providers/all2pay/index.js';
import type { PayoutProvider, PollStep, Step } from '../../providers/port.js';
import { ACCOUNT, acceptedPayout } from './accepted-payout.js';

const answered = (progress: Extract<StatusAnswer, { kind: 'answered' }>['progress']): StatusAnswer => ({
  kind: 'answered',
  progress,
});

let journal: Journal;
let key: PayoutKey;
let count = 0;
let answer: StatusAnswer;
let asked: number;
let reviewPoll: readonly PollStep[] | undefined;
let steps: readonly Step[];

beforeAll(async () => {
  journal = await openJournal({ kind: 'pglite', cacheDir: readCacheDir() });
});
afterAll(() => journal.close());

beforeEach(async () => {
  count += 1;
  key = await acceptedPayout(journal, `A-${count}`);
  answer = answered({ kind: 'pending' });
  asked = 0;
  reviewPoll = [{ delayMs: 1_000, times: 3 }];
  steps = ['execute'];
});

async function toReview(step: Step = 'execute'): Promise<void> {
  const { payouts } = journal;
  await payouts.beginAttempt(key, { step, requestFingerprint: 'bytes' });
  await payouts.endAttempt(key, 1, { kind: 'unknown', code: 'timeout', message: 'No answer' });
  const reason = { code: 'no_final_answer', message: 'Still processing' };
  await payouts.changeStatus(key, 'in_review', reason, { actor: 'engine' });
}

function deps(): ActivityDeps {
  const settings = { baseUrl: 'http://127.0.0.1:9', userName: 'acme-api', password: 'x' };
  const provider: PayoutProvider = {
    ...all2pay.create(ACCOUNT, settings),
    steps: () => steps,
    status: () => {
      asked += 1;
      return Promise.resolve(answer);
    },
  };
  return {
    journal,
    accounts: new Map([[ACCOUNT, { provider, reviewPoll }]]),
    sealingKeys: { keys: [] },
    fingerprintKey: Buffer.alloc(32, 1),
  };
}

function ask({ attempt = 2, elapsedMs = 0 } = {}): Promise<Payout> {
  const env = new MockActivityEnvironment({ attempt, scheduledTimestampMs: Date.now() - elapsedMs });
  return env.run<[], Payout, () => Promise<Payout>>(() => awaitProof(deps(), { key }));
}

describe('a question while in review', () => {
  it.each([
    [{ kind: 'paid', reference: 'R1' } as const, 'succeeded'],
    [{ kind: 'not_paid', class: 'declined', code: '51', message: 'Insufficient funds' } as const, 'declined'],
  ])('answered by the proof %j ends the review as %s', async (progress, status) => {
    await toReview();
    answer = answered(progress);
    expect((await ask()).status).toBe(status);
    expect((await journal.payouts.events(key)).at(-1)).toMatchObject({
      from: 'in_review',
      to: status,
      actor: 'provider:acme-a2p',
      reason: 'asked while in review',
    });
  });

  it.each<StatusAnswer>([
    answered({ kind: 'pending' }),
    answered({ kind: 'not_found' }),
    answered({ kind: 'ready' }),
    answered({ kind: 'contradiction', code: 'answer_mismatch', message: 'Another amount' }),
    answered({ kind: 'action_required', action: { type: 'redirect', url: 'https://x' } }),
    { kind: 'unknown', code: 'timeout', message: 'No answer' },
    { kind: 'not_sent', code: 'ECONNREFUSED', message: 'Refused' },
  ])('answered by %j changes nothing, and the next one follows', async (said) => {
    await toReview();
    const before = await journal.payouts.read(key);
    answer = said;
    await expect(ask()).rejects.toMatchObject({
      type: 'Pending',
      nextRetryDelay: expect.any(Number) as number,
    });
    expect(asked).toBe(1);
    expect(await journal.payouts.read(key)).toEqual({ ...before, readAt: expect.any(String) as string });
  });

  it('of an order that is called paid without our request to pay it leaves it to the person', async () => {
    steps = ['register', 'execute'];
    await toReview('register');
    answer = answered({ kind: 'paid' });
    await expect(ask()).rejects.toMatchObject({ type: 'Pending' });
    expect((await journal.payouts.get(key))?.status).toBe('in_review');
  });

  it('waits as long as the provider asks for', async () => {
    await toReview();
    answer = { kind: 'unknown', code: 'http_429', message: 'Too many', retryAfterMs: 90_000 };
    await expect(ask()).rejects.toMatchObject({ nextRetryDelay: 90_000 });
  });
});

describe('the schedule', () => {
  it('begins without a question, and ends with the review as it is', async () => {
    await toReview();
    await expect(ask({ attempt: 1 })).rejects.toMatchObject({ nextRetryDelay: 1_000 });
    expect(asked).toBe(0);
    expect((await ask({ elapsedMs: 3_000 })).status).toBe('in_review');
    expect(asked).toBe(1);
  });

  it.each([undefined, []])('of an account with %j is no schedule', async (none) => {
    await toReview();
    reviewPoll = none;
    expect((await ask({ attempt: 1 })).status).toBe('in_review');
    expect(asked).toBe(0);
  });

  it('is over once a person has decided, and where nothing was ever sent', async () => {
    await toReview();
    const reason = { code: 'operator_not_paid', message: 'x' };
    await journal.payouts.changeStatus(key, 'declined', reason, { actor: 'cli:olga' });
    expect((await ask()).status).toBe('declined');
    expect(asked).toBe(0);
  });
});

describe('a question after the end, which must be answered', () => {
  const askLate = (sinceMs = 0): Promise<StepResult> =>
    new MockActivityEnvironment({ scheduledTimestampMs: Date.now() - sinceMs }).run<
      [],
      StepResult,
      () => Promise<StepResult>
    >(() => askStatus(deps(), { key, because: 'callback 7', mustAnswer: true }));

  beforeEach(async () => {
    const { payouts } = journal;
    await payouts.beginAttempt(key, { step: 'execute', requestFingerprint: 'bytes' });
    await payouts.endAttempt(key, 1, { kind: 'answered', progress: { kind: 'paid', reference: 'R1' } });
  });

  it.each(['not_found', 'pending', 'ready'] as const)(
    'is asked again where the provider says "%s" of what was declined, for the grace period',
    async (kind) => {
      const { payouts } = journal;
      key = await acceptedPayout(journal, `late-${kind}`);
      await payouts.beginAttempt(key, { step: 'execute', requestFingerprint: 'bytes' });
      const refused = { kind: 'not_paid', class: 'declined', code: '51', message: 'No funds' } as const;
      await payouts.endAttempt(key, 1, { kind: 'answered', progress: refused });
      answer = answered({ kind });
      await expect(askLate()).rejects.toMatchObject({ type: 'Pending' });
      expect((await askLate(24 * 3_600_000)).payout.status).toBe('declined');
      answer = answered({ kind: 'paid', reference: 'R9' });
      expect((await askLate()).payout).toMatchObject({ status: 'succeeded', reference: 'R9' });
    },
  );

  it('takes a success back where the money came back', async () => {
    answer = answered({ kind: 'returned', code: 'reversal', message: 'Reversed' });
    expect((await askLate()).payout).toMatchObject({ status: 'returned', reference: 'R1' });
    answer = answered({ kind: 'paid', reference: 'R1' });
    expect((await askLate()).payout.status).toBe('returned');
    expect(asked).toBe(1);
  });

  it('is a failure, to be tried again, where there is no answer', async () => {
    answer = { kind: 'unknown', code: 'timeout', message: 'No answer in 10 s', retryAfterMs: 5_000 };
    await expect(askLate()).rejects.toMatchObject({ type: 'Pending', nextRetryDelay: 5_000 });
    expect((await journal.payouts.get(key))?.status).toBe('succeeded');
  });
});
