import { expect, it } from 'vitest';
import type { Journal } from '../../../journal/port.js';
import {
  accepted,
  answered,
  begin,
  DECLINED,
  ENGINE,
  eventTypes,
  executed,
  NOT_SENT,
  OPERATOR,
  PAID,
  PENDING,
  PROVIDER,
  REDIRECT,
  UNKNOWN,
} from '../support/samples.js';

export function attempting(journal: () => Journal): void {
  it('commits the intent and moves to processing before anything is sent', async () => {
    const { payouts } = journal();
    const key = await accepted(journal());
    expect(await begin(journal(), key)).toEqual({ kind: 'go', number: 1 });
    expect((await payouts.get(key))?.status).toBe('processing');
    const [attempt] = await payouts.attempts(key);
    expect(attempt).toMatchObject({ number: 1, step: 'execute', requestFingerprint: 'bytes-1' });
    expect(attempt).not.toHaveProperty('answer');
    expect(await payouts.events(key)).toMatchObject([
      { type: 'accepted' },
      { type: 'intent', from: 'created', to: 'processing', data: { number: 1, step: 'execute' } },
    ]);
  });

  it('does not send again while an answer is outstanding, not even on the order to resend', async () => {
    const key = await accepted(journal());
    await begin(journal(), key);
    expect(await begin(journal(), key)).toEqual({ kind: 'unanswered' });
    expect(await begin(journal(), key, 'execute', 1)).toEqual({ kind: 'unanswered' });
  });

  it('sends again what provably was not sent', async () => {
    const { payouts } = journal();
    const key = await executed(journal(), NOT_SENT);
    expect(await payouts.get(key)).toMatchObject({ status: 'processing', reason: { code: 'ECONNREFUSED' } });
    expect(await begin(journal(), key)).toEqual({ kind: 'go', number: 2 });
    expect(await payouts.get(key)).not.toHaveProperty('reason');
  });

  it('keeps an unknown outcome open, with its reason, and bars the step', async () => {
    const key = await executed(journal(), UNKNOWN);
    const payout = await journal().payouts.get(key);
    expect(payout).toMatchObject({ status: 'processing', reason: { code: 'timeout', message: 'No answer' } });
    expect(await begin(journal(), key)).toEqual({ kind: 'answered', answer: UNKNOWN, payout });
  });

  it('sends once more after an unknown outcome on the order to resend', async () => {
    const { payouts } = journal();
    const key = await executed(journal(), UNKNOWN);
    expect(await begin(journal(), key, 'execute', 1)).toEqual({ kind: 'go', number: 2 });
    expect(await begin(journal(), key, 'execute', 1)).toEqual({ kind: 'unanswered' });
    await payouts.endAttempt(key, 2, NOT_SENT);
    expect(await begin(journal(), key)).toMatchObject({ kind: 'answered', answer: UNKNOWN });
    expect(await begin(journal(), key, 'execute', 1)).toEqual({ kind: 'go', number: 3 });
    await payouts.endAttempt(key, 3, UNKNOWN);
    // The order to resend attempt 1 is used up: that the provider does not know attempt 3 is another proof.
    expect(await begin(journal(), key, 'execute', 1)).toMatchObject({ kind: 'answered', answer: UNKNOWN });
    expect(await begin(journal(), key, 'execute', 3)).toEqual({ kind: 'go', number: 4 });
  });

  it('closes nothing by a late refusal of one request where a later one may have left', async () => {
    const { payouts } = journal();
    const key = await accepted(journal());
    await begin(journal(), key);
    await payouts.endAttempt(key, 1, UNKNOWN);
    await begin(journal(), key, 'execute', 1);
    expect(await payouts.endAttempt(key, 1, answered(DECLINED))).toMatchObject({ status: 'processing' });
    expect((await payouts.attempts(key))[0]).toMatchObject({ answer: answered(DECLINED) });
    expect(await payouts.endAttempt(key, 2, answered(PAID))).toMatchObject({ status: 'succeeded' });
  });

  it('sends nothing out of review, not even on the order to resend', async () => {
    const key = await executed(journal(), UNKNOWN);
    await journal().payouts.changeStatus(key, 'in_review', { code: 'c', message: 'm' }, { actor: 'engine' });
    expect(await begin(journal(), key, 'execute', 1)).toMatchObject({ kind: 'closed' });
  });

  it('never sends again what was answered', async () => {
    for (const progress of [PENDING, PAID, DECLINED, REDIRECT]) {
      const key = await executed(journal(), answered(progress));
      expect(await begin(journal(), key)).toMatchObject({ kind: 'answered', answer: { kind: 'answered' } });
      expect(await begin(journal(), key, 'execute', 1)).toMatchObject({ kind: 'answered' });
    }
  });

  it('goes from one step to the next, and clears the action on the way', async () => {
    const { payouts } = journal();
    const key = await accepted(journal());
    await begin(journal(), key, 'register');
    const waiting = await payouts.endAttempt(key, 1, answered(REDIRECT));
    expect(waiting).toMatchObject({ status: 'action_required', action: { type: 'redirect' } });
    expect(await begin(journal(), key, 'execute')).toEqual({ kind: 'go', number: 2 });
    expect(await payouts.get(key)).not.toHaveProperty('action');
  });

  it('does not send what is closed, awaits approval or is in review', async () => {
    const { payouts } = journal();
    const cancelled = await accepted(journal());
    await payouts.closeUnsent(cancelled, { to: 'cancelled', reason: { code: 'c', message: 'm' } }, ENGINE);
    expect(await begin(journal(), cancelled)).toMatchObject({
      kind: 'closed',
      payout: { status: 'cancelled' },
    });

    const waiting = await accepted(journal());
    await payouts.changeStatus(waiting, 'awaiting_approval', undefined, ENGINE);
    expect(await begin(journal(), waiting)).toMatchObject({ kind: 'closed' });

    const reviewed = await accepted(journal());
    await payouts.changeStatus(reviewed, 'in_review', { code: 'x', message: 'y' }, ENGINE);
    expect(await begin(journal(), reviewed)).toMatchObject({
      kind: 'closed',
      payout: { status: 'in_review' },
    });
  });

  it('writes the answer down with the move that follows from it', async () => {
    const { payouts } = journal();
    const key = await executed(journal(), answered(PAID));
    expect(await payouts.get(key)).toMatchObject({ status: 'succeeded', reference: 'ref-1', feeMinor: 150 });
    const [attempt] = await payouts.attempts(key);
    expect(attempt?.answer).toEqual(answered(PAID));
    expect(attempt?.answeredAt).toMatch(/Z$/);
    expect((await payouts.read(key))?.attempts).toEqual([attempt]);
    expect((await payouts.events(key)).at(-1)).toMatchObject({
      type: 'answer',
      from: 'processing',
      to: 'succeeded',
    });
  });

  it('takes the same answer twice without a word, and refuses one to a request never made', async () => {
    const { payouts } = journal();
    const key = await executed(journal(), UNKNOWN);
    const before = await payouts.events(key);
    await payouts.endAttempt(key, 1, { ...UNKNOWN });
    expect(await payouts.events(key)).toEqual(before);
    await expect(payouts.endAttempt(key, 7, UNKNOWN)).rejects.toMatchObject({ name: 'UnknownAttemptError' });
  });

  it('learns from a late answer, but never that a request had not left after all', async () => {
    const { payouts } = journal();
    const key = await executed(journal(), UNKNOWN);
    await payouts.endAttempt(key, 1, NOT_SENT);
    expect((await payouts.attempts(key))[0]?.answer).toEqual(UNKNOWN);
    expect((await payouts.endAttempt(key, 1, answered(PAID))).status).toBe('succeeded');
    expect((await payouts.attempts(key))[0]?.answer).toEqual(answered(PAID));
    await payouts.endAttempt(key, 1, NOT_SENT);
    await payouts.endAttempt(key, 1, UNKNOWN);
    expect(await payouts.get(key)).toMatchObject({ status: 'succeeded', reference: 'ref-1' });
    expect((await payouts.attempts(key))[0]?.answer).toEqual(answered(PAID));
  });

  it('keeps the outcome that a callback brought before the answer', async () => {
    const { payouts } = journal();
    const key = await accepted(journal());
    await begin(journal(), key);
    await payouts.recordProgress(key, PAID, PROVIDER);
    expect(await payouts.endAttempt(key, 1, UNKNOWN)).toMatchObject({ status: 'succeeded' });
    expect(await payouts.get(key)).not.toHaveProperty('reason');

    const other = await accepted(journal());
    await begin(journal(), other);
    await payouts.recordProgress(other, PAID, PROVIDER);
    expect(await payouts.endAttempt(other, 1, answered(DECLINED))).toMatchObject({ status: 'succeeded' });
    expect((await eventTypes(journal(), other)).slice(-2)).toEqual(['answer', 'contradiction']);
  });

  it("stores a provider's words whatever characters they hold, and no page's address in the history", async () => {
    const { payouts } = journal();
    const key = await executed(journal(), {
      kind: 'unknown',
      code: 'a\u0000b',
      message: 'torn \ud83d emoji 😀',
    });
    expect((await payouts.get(key))?.reason).toEqual({ code: 'a\ufffdb', message: 'torn \ufffd emoji 😀' });
    const paid = await payouts.recordProgress(
      key,
      { ...PAID, reference: 'r\u0000', feeMinor: 0.5 },
      PROVIDER,
    );
    expect(paid).toMatchObject({ status: 'succeeded', reference: 'r\ufffd' });

    const waiting = await executed(journal(), answered(REDIRECT));
    expect(JSON.stringify(await payouts.events(waiting))).not.toContain('t0ken');
  });

  it('lets exactly one of 30 at the same time send', async () => {
    const key = await accepted(journal());
    const results = await Promise.all(Array.from({ length: 30 }, () => begin(journal(), key)));
    expect(results.filter((result) => result.kind === 'go')).toHaveLength(1);
    expect(results.filter((result) => result.kind === 'unanswered')).toHaveLength(29);
    expect(await journal().payouts.attempts(key)).toHaveLength(1);
  });

  it('either sends or cancels, never both', { timeout: 180_000 }, async () => {
    const { payouts } = journal();
    const cancelled = { to: 'cancelled', reason: { code: 'cancelled', message: 'by hand' } } as const;
    for (let round = 0; round < 50; round += 1) {
      const key = await accepted(journal());
      const outcomes: string[] = [];
      const send = async () => outcomes.push((await begin(journal(), key)).kind);
      const cancel = async () =>
        outcomes.push((await payouts.closeUnsent(key, cancelled, OPERATOR)).closed ? 'cancelled' : 'refused');
      await Promise.all(round % 2 === 0 ? [send(), cancel()] : [cancel(), send()]);

      const sent = (await payouts.attempts(key)).length > 0;
      expect(outcomes.sort()).toEqual(sent ? ['go', 'refused'] : ['cancelled', 'closed']);
      expect((await payouts.get(key))?.status).toBe(sent ? 'processing' : 'cancelled');
    }
  });
}
