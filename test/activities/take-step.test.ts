import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ActivityDeps } from '../../activities/deps.js';
import { awaitChange } from '../../activities/ask.js';
import { awaitResume } from '../../activities/await-resume.js';
import type { StepResult } from '../../activities/contract.js';
import { takeStep } from '../../activities/take-step.js';
import type { PayoutKey } from '../../domain/ids.js';
import type { MoneyAnswer, NotPaid, StatusAnswer } from '../../domain/provider-answer.js';
import { readCacheDir } from '../../config/cache-dir.js';
import { openJournal } from '../../journal/open-journal.js';
import { providerOrderIdIn, type Journal } from '../../journal/port.js';
import { all2pay } from '../../providers/all2pay/index.js';
import type { PayoutProvider, Step } from '../../providers/port.js';
import { ACCOUNT, acceptedPayout } from './accepted-payout.js';

const UNKNOWN: MoneyAnswer = { kind: 'unknown', code: 'timeout', message: 'No answer' };
const PAID: MoneyAnswer = { kind: 'answered', progress: { kind: 'paid', reference: 'R1' } };
const NOT_FOUND: StatusAnswer = { kind: 'answered', progress: { kind: 'not_found' } };

let journal: Journal;
let key: PayoutKey;
let count = 0;
/** The provider's part of each test: what it answers, and how often it was sent something. */
let send: () => Promise<MoneyAnswer>;
let status: () => Promise<StatusAnswer>;
let sent: number;
let prepare: PayoutProvider['prepare'] extends (...rest: never[]) => infer Built ? () => Built : never;
let sendBudgetMs: number;
let actionGraceMs: number;
let notFoundMinQueries: number;
let notFoundGraceMs: number;
let resendAfterNotFound: PayoutProvider['limits']['resendAfterNotFound'];
let steps: readonly Step[];
let callbackRepeat: PayoutProvider['callbackRepeat'];

beforeAll(async () => {
  journal = await openJournal({ kind: 'pglite', cacheDir: readCacheDir() });
});
afterAll(() => journal.close());

beforeEach(async () => {
  count += 1;
  key = await acceptedPayout(journal, `S-${count}`);
  sent = 0;
  send = async () => UNKNOWN;
  status = async () => NOT_FOUND;
  sendBudgetMs = 900_000;
  actionGraceMs = 300_000;
  notFoundMinQueries = 1;
  notFoundGraceMs = 0;
  resendAfterNotFound = 'auto';
  steps = ['execute'];
  callbackRepeat = { lacking: 'not in this test' };
  prepare = async () => ({
    exact: Buffer.from('bytes'),
    send: () => {
      sent += 1;
      return send();
    },
  });
});

function deps(): ActivityDeps {
  const settings = {
    baseUrl: 'http://127.0.0.1:9',
    userName: 'acme-api',
    password: 'x',
    connectTimeoutMs: 1,
    responseTimeoutMs: 1,
    notFoundGraceSecs: 1,
    reexecuteAfterNotFound: 'auto',
  };
  const real = all2pay.create(ACCOUNT, settings);
  const provider: PayoutProvider = {
    ...real,
    limits: {
      ...real.limits,
      notFoundGraceMs,
      notFoundMinQueries,
      resendAfterNotFound,
      sendBudgetMs,
      actionGraceMs,
    },
    steps: () => steps,
    callbackRepeat,
    prepare: () => prepare(),
    status: () => status(),
  };
  return {
    journal,
    accounts: new Map([[ACCOUNT, { provider }]]),
    sealingKeys: { keys: [] },
    fingerprintKey: Buffer.alloc(32, 1),
  };
}

function ask(elapsedMs = 0) {
  const env = new MockActivityEnvironment({ attempt: 2, scheduledTimestampMs: Date.now() - elapsedMs });
  return env.run(() => awaitChange(deps(), { key, from: 'processing' }));
}

function step(resendOf?: number, taken: Step = 'execute') {
  const env = new MockActivityEnvironment({ scheduledTimestampMs: Date.now() });
  return env.run(() => takeStep(deps(), { key, step: taken, resendOf }));
}

it('sends once, however often the server starts it again', async () => {
  await step();
  await step();
  expect(sent).toBe(1);
});

it('sends a permitted resend once, also when its worker dies with the answer and the server starts it again', async () => {
  await step();
  send = async () => {
    throw new Error('the process died here');
  };
  await expect(step(1)).rejects.toThrow('died');
  expect(sent).toBe(2);
  send = async () => PAID;
  for (let i = 0; i < 3; i += 1) expect(await step(1)).toMatchObject({ next: 'ask' });
  expect(sent).toBe(2);
  // Another proof that the provider does not know the order names that second attempt.
  expect(await step(2)).toMatchObject({ payout: { status: 'succeeded' } });
  expect(sent).toBe(3);
});

it('resends nothing if the provider knows the order by now', async () => {
  await step();
  status = async () => ({ kind: 'answered', progress: { kind: 'paid', reference: 'R9' } });
  await step(1);
  expect(sent).toBe(1);
  expect(await journal.payouts.get(key)).toMatchObject({ status: 'succeeded', reference: 'R9' });
});

it('resends nothing out of review', async () => {
  await step();
  await journal.payouts.changeStatus(key, 'in_review', { code: 'c', message: 'm' }, { actor: 'engine' });
  await step(1);
  expect(sent).toBe(1);
});

it('takes a refusal of a resend for a suspicion only: it speaks of the second attempt', async () => {
  await step();
  send = async () => ({
    kind: 'answered',
    progress: { kind: 'not_paid', class: 'refused', code: '90', message: 'User not authenticated' },
  });
  expect(await step(1)).toMatchObject({ payout: { status: 'processing' }, next: 'ask' });
  expect((await journal.payouts.attempts(key)).at(-1)?.answer).toMatchObject({
    kind: 'unknown',
    suspected: { class: 'refused' },
  });
});

/** As All2pay refuses an encrypted card whose key has run out, once the order is proven not to exist. */
const TOKEN_REFUSED: NotPaid = {
  kind: 'not_paid',
  class: 'refused',
  code: '98',
  message: 'Invalid request',
  mendable: 'rebuild',
};

it('builds a refused request anew and sends it once more, when the provider proved not to have executed it', async () => {
  send = async () => ({ kind: 'unknown', code: '98', message: 'Invalid request', suspected: TOKEN_REFUSED });
  await step();
  status = async () => ({ kind: 'answered', progress: TOKEN_REFUSED });
  expect(await ask()).toMatchObject({ next: 'resend', of: 1, payout: { status: 'processing' } });
  send = async () => PAID;
  expect(await step(1)).toMatchObject({ payout: { status: 'succeeded' } });
  expect(sent).toBe(2);
});

it('believes the second refusal of a rebuilt request', async () => {
  send = async () => ({ kind: 'unknown', code: '98', message: 'Invalid request', suspected: TOKEN_REFUSED });
  await step();
  status = async () => ({ kind: 'answered', progress: TOKEN_REFUSED });
  await ask();
  await step(1);
  expect(await ask()).toMatchObject({ next: 'ask', payout: { status: 'failed', reason: { code: '98' } } });
  expect(sent).toBe(2);
});

it('takes no refusal of the request before for that of a rebuilt one, whose answer is lost, within the grace period', async () => {
  send = async () => ({ kind: 'unknown', code: '98', message: 'Invalid request', suspected: TOKEN_REFUSED });
  await step();
  status = async () => ({ kind: 'answered', progress: TOKEN_REFUSED });
  await ask();
  send = async () => UNKNOWN;
  notFoundGraceMs = 60_000;
  await step(1);
  await expect(ask()).rejects.toMatchObject({ type: 'Pending' });
  expect(await journal.payouts.get(key)).toMatchObject({ status: 'processing' });
  notFoundGraceMs = 0;
  expect(await ask()).toMatchObject({ payout: { status: 'failed' } });
});

it('sends nothing while the request cannot be built, and fails as never sent when the budget is over', async () => {
  prepare = async () => ({ kind: 'not_sent', code: 'no_key', message: 'keys.do does not answer' });
  await expect(step()).rejects.toMatchObject({ type: 'NotSent', category: 'BENIGN' });
  expect(await journal.payouts.attempts(key)).toEqual([]);
  sendBudgetMs = -1;
  expect(await step()).toMatchObject({
    payout: {
      status: 'failed',
      reason: { code: 'never_sent', message: expect.stringContaining('keys.do') as string },
    },
  });
  expect(sent).toBe(0);
});

it('takes back an action whose time is over, and goes on asking', async () => {
  const url = 'https://bank.example/acs';
  const action = { type: 'redirect', url, expiresAt: new Date(Date.now() - 1_000).toISOString() } as const;
  send = async () => ({ kind: 'answered', progress: { kind: 'action_required', action } });
  await step();
  status = async () => ({ kind: 'answered', progress: { kind: 'pending' } });
  const env = new MockActivityEnvironment({ attempt: 2, scheduledTimestampMs: Date.now() });
  const look = () => env.run(() => awaitChange(deps(), { key, from: 'action_required' }));
  await expect(look()).rejects.toMatchObject({ type: 'Pending' });
  actionGraceMs = 0;
  const { payout, next } = (await look()) as StepResult;
  expect({ next, status: payout.status, action: payout.action }).toEqual({
    next: 'ask',
    status: 'processing',
  });
});

it('asks no sooner than the provider wants to be asked', async () => {
  await step();
  status = async () => ({ kind: 'unknown', code: 'http_429', message: 'HTTP 429', retryAfterMs: 7_654_321 });
  await expect(ask()).rejects.toMatchObject({ type: 'Pending', nextRetryDelay: 7_654_321 });
});

it('counts the answers "not found" in a row, not the questions: silence proves nothing', async () => {
  notFoundMinQueries = 3;
  await step();
  const silence: StatusAnswer = { kind: 'unknown', code: 'timeout', message: 'No answer' };
  const pending: StatusAnswer = { kind: 'answered', progress: { kind: 'pending' } };
  for (const answer of [
    silence,
    silence,
    silence,
    silence,
    NOT_FOUND,
    NOT_FOUND,
    pending,
    NOT_FOUND,
    NOT_FOUND,
  ]) {
    status = async () => answer;
    await expect(ask()).rejects.toMatchObject({ type: 'Pending' });
  }
  status = async () => NOT_FOUND;
  expect(await ask()).toMatchObject({ next: 'resend', of: 1 });
});

it('never sends again where the account says so, not even what could be built anew', async () => {
  resendAfterNotFound = 'never';
  send = async () => ({ kind: 'unknown', code: '98', message: 'Invalid request', suspected: TOKEN_REFUSED });
  await step();
  status = async () => ({ kind: 'answered', progress: TOKEN_REFUSED });
  expect(await ask()).toMatchObject({ next: 'ask', payout: { status: 'failed' } });
});

it('puts a payout in review that cannot be sent again in time, instead of asking for ever', async () => {
  await step();
  prepare = async () => ({ kind: 'not_sent', code: 'no_key', message: 'keys.do does not answer' });
  await expect(step(1)).rejects.toMatchObject({ type: 'NotSent' });
  sendBudgetMs = -1;
  expect(await step(1)).toMatchObject({
    payout: { status: 'in_review', reason: { code: 'resend_not_sent' } },
  });
});

it('says what it knows of a request that left, also while no new one could be built', async () => {
  await step();
  prepare = async () => ({ kind: 'not_sent', code: 'login_refused', message: 'Held back' });
  expect(await step()).toMatchObject({ next: 'ask', payout: { status: 'processing' } });
});

it('does not send again what was taken in, and is not found all the same', async () => {
  await step();
  send = async () => ({ kind: 'answered', progress: { kind: 'pending' } });
  expect(await ask()).toMatchObject({ next: 'resend', of: 1 });
  expect(await step(1)).toMatchObject({ next: 'ask' });
  expect(await ask()).toMatchObject({
    payout: { status: 'in_review', reason: { code: 'not_found_at_provider' } },
  });
  expect(sent).toBe(2);
});

describe('a stop', () => {
  const stop = async () => {
    const scope = { kind: 'merchant', value: key.merchant } as const;
    return (await journal.stops.add({ scope, actor: 'cli:olga', reason: 'wrong amounts' })).stop;
  };
  const resume = (id: string) => journal.stops.resume(id, { actor: 'cli:olga', reason: 'corrected' });

  // The tests share one merchant.
  afterEach(async () => {
    for (const { id } of await journal.stops.list('in_force')) await resume(id);
  });

  it('keeps the step from being sent, built or given up, and says so', async () => {
    send = async () => ({ kind: 'not_sent', code: 'refused', message: 'nobody listens' });
    await expect(step()).rejects.toThrow('nobody listens');
    const { id } = await stop();
    prepare = () => Promise.reject(new Error('not to be built'));
    // The budget is over by the clock, but what was stopped was not tried.
    sendBudgetMs = -1;
    expect(await step()).toMatchObject({
      next: 'stopped',
      stop: { id },
      payout: { status: 'processing', reason: { code: 'stopped' } },
    });
    expect(sent).toBe(1);
    await resume(id);
  });

  it('gives back the whole budget when it is lifted', async () => {
    send = async () => ({ kind: 'not_sent', code: 'refused', message: 'nobody listens' });
    await expect(step()).rejects.toThrow('nobody listens');
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    const { id } = await stop();
    await step();
    await resume(id);
    // Over since the first try, not since the end of the stop.
    sendBudgetMs = 2_000;
    send = async () => PAID;
    expect(await step()).toMatchObject({ payout: { status: 'succeeded' } });
  });

  it('that comes while the request is built holds as well', async () => {
    const build = prepare;
    let id = '';
    prepare = async () => {
      ({ id } = await stop());
      return build();
    };
    await expect(step()).rejects.toThrow('stopped');
    expect(sent).toBe(0);
    expect(await step()).toMatchObject({ next: 'stopped', stop: { id } });
    await resume(id);
  });

  it('holds a resend too: its status is asked on, also past the end of the schedule', async () => {
    await step();
    const { id } = await stop();
    expect(await step(1)).toMatchObject({ next: 'ask' });
    await expect(ask()).rejects.toThrow('wrong amounts');
    await expect(ask(10 * 86_400_000)).rejects.toThrow('wrong amounts');
    status = async () => PAID;
    expect(await ask()).toMatchObject({ payout: { status: 'succeeded' } });
    expect(sent).toBe(1);
    await resume(id);
  });

  it('ends the wait for it when none covers the payout any more', async () => {
    const what = { merchant: key.merchant, account: ACCOUNT, provider: 'all2pay' };
    const look = (waitedMs: number) =>
      new MockActivityEnvironment({ scheduledTimestampMs: Date.now() - waitedMs }).run(() =>
        awaitResume(deps(), what),
      );
    const { id } = await stop();
    await expect(look(-60_000)).rejects.toMatchObject({
      message: expect.stringContaining('cli:olga: wrong amounts') as string,
      nextRetryDelay: 2_500,
    });
    await expect(look(86_400_000)).rejects.toMatchObject({ nextRetryDelay: 10_000 });
    await resume(id);
    await look(1_000);
  });
});

it('does not send where the process stood still after it asked for the intent, and tries again', async () => {
  const { payouts } = journal;
  const real = payouts.beginAttempt.bind(payouts);
  const later = performance.now() + 2_100;
  let clock: { mockRestore(): void } | undefined;
  vi.spyOn(journal.payouts, 'beginAttempt').mockImplementationOnce(async (...attempt) => {
    const began = await real(...attempt);
    clock = vi.spyOn(performance, 'now').mockReturnValue(later);
    return began;
  });
  await expect(step())
    .rejects.toThrow('came to sending')
    .finally(() => clock?.mockRestore());
  expect(sent).toBe(0);
  expect((await journal.payouts.attempts(key))[0]?.answer).toMatchObject({
    kind: 'not_sent',
    code: 'stood_still',
  });
  send = async () => PAID;
  expect(await step()).toMatchObject({ payout: { status: 'succeeded' } });
});

describe('a payout in two steps', () => {
  const READY: StatusAnswer = { kind: 'answered', progress: { kind: 'ready' } };
  const PENDING: MoneyAnswer = { kind: 'answered', progress: { kind: 'pending' } };

  beforeEach(() => {
    steps = ['register', 'execute'];
    send = async () => PENDING;
  });

  it('is executed once the provider says that it waits for that, and not before', async () => {
    expect(await step(undefined, 'register')).toMatchObject({ next: 'ask' });
    status = async () => ({ kind: 'answered', progress: { kind: 'pending' } });
    await expect(ask()).rejects.toThrow('processing');
    status = async () => READY;
    expect(await ask()).toMatchObject({ next: 'step', payout: { status: 'processing' } });
    expect(await step()).toMatchObject({ next: 'ask' });
    expect(sent).toBe(2);
    expect((await journal.payouts.attempts(key)).map((attempt) => attempt.step)).toEqual([
      'register',
      'execute',
    ]);
  });

  it('goes on at once where the first answer says so', async () => {
    send = async () => ({ kind: 'answered', progress: { kind: 'ready' } });
    expect(await step(undefined, 'register')).toMatchObject({ next: 'step' });
  });

  it('is executed after what the recipient had to do, when that is done', async () => {
    const action = { type: 'redirect', url: 'https://bank.example/form' } as const;
    send = async () => ({ kind: 'answered', progress: { kind: 'action_required', action } });
    expect(await step(undefined, 'register')).toMatchObject({ payout: { status: 'action_required' } });
    status = async () => READY;
    const env = new MockActivityEnvironment({ attempt: 2, scheduledTimestampMs: Date.now() });
    const result = await env.run(() => awaitChange(deps(), { key, from: 'action_required' }));
    expect(result).toMatchObject({ next: 'step', payout: { status: 'processing' } });
    expect(result).not.toHaveProperty('payout.action');
  });

  it('that was executed with no answer and still waits is proven not executed: as if it were not found', async () => {
    await step(undefined, 'register');
    send = async () => UNKNOWN;
    await step();
    status = async () => READY;
    expect(await ask()).toMatchObject({ next: 'resend', of: 2 });
    resendAfterNotFound = 'manual';
    expect(await ask()).toMatchObject({
      payout: { status: 'in_review', reason: { code: 'not_executed_at_provider' } },
    });
    expect(sent).toBe(2);
  });

  it('sends that step again, also by a run that took the payout up and believes to be at the first', async () => {
    await step(undefined, 'register');
    send = async () => UNKNOWN;
    await step();
    status = async () => READY;
    expect(await step(undefined, 'register')).toMatchObject({ next: 'ask' });
    expect(await ask()).toMatchObject({ next: 'resend', of: 2 });
    send = async () => PAID;
    expect(await step(2, 'register')).toMatchObject({ payout: { status: 'succeeded' } });
    const sentSteps = (await journal.payouts.attempts(key)).map((attempt) => attempt.step);
    expect(sentSteps).toEqual(['register', 'execute', 'execute']);
  });

  it('that was executed, and heard, still waiting a moment later: just asked again', async () => {
    await step(undefined, 'register');
    await step();
    status = async () => READY;
    await expect(ask()).rejects.toThrow('processing');
    expect(sent).toBe(2);
  });

  it('called paid before its second step was sent goes to a person, who is asked once', async () => {
    await step(undefined, 'register');
    status = async () => PAID;
    const review = { payout: { status: 'in_review', reason: { code: 'paid_unasked' } } };
    expect(await ask()).toMatchObject(review);
    expect(await step()).toMatchObject(review);
    expect(sent).toBe(1);
  });

  it('whose second step leaves while the provider is asked is believed to be paid', async () => {
    await step(undefined, 'register');
    status = async () => {
      await step();
      return PAID;
    };
    expect(await ask()).toMatchObject({ payout: { status: 'succeeded' } });
    expect(sent).toBe(2);
  });

  it('whose second step cannot be sent goes to a person: the first stands at the provider', async () => {
    await step(undefined, 'register');
    sendBudgetMs = -1;
    send = async () => ({ kind: 'not_sent', code: 'refused', message: 'nobody listens' });
    await expect(step()).rejects.toThrow('nobody listens');
    expect(await step()).toMatchObject({
      payout: { status: 'in_review', reason: { code: 'step_not_sent' } },
    });
  });

  it('tells the second step the id that the provider gave the order', async () => {
    send = async () => ({ ...PENDING, providerOrderId: '6768788' });
    await step(undefined, 'register');
    expect(providerOrderIdIn(await journal.payouts.attempts(key))).toBe('6768788');
  });
});

describe('an overdue callback', () => {
  it('is asked for at the question before each such time, and at no other', async () => {
    let asked = 0;
    callbackRepeat = {
      everyMs: 60_000,
      ask: () => {
        asked += 1;
        return Promise.resolve();
      },
    };
    await step();
    status = async () => ({ kind: 'answered', progress: { kind: 'pending' } });
    await expect(ask(1_000)).rejects.toThrow('processing');
    expect(asked).toBe(0);
    await expect(ask(59_900)).rejects.toThrow('processing');
    expect(asked).toBe(1);
    await expect(ask(61_000)).rejects.toThrow('processing');
    expect(asked).toBe(1);
  });
});
