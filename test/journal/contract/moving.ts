import { expect, it } from 'vitest';
import type { Progress } from '../../../domain/provider-answer.js';
import type { Journal } from '../../../journal/port.js';
import {
  accepted,
  answered,
  begin,
  CONTRADICTION,
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
  RETURNED,
  UNKNOWN,
} from '../support/samples.js';

const CANCEL = { to: 'cancelled', reason: { code: 'cancelled', message: 'Ordered by mistake' } } as const;
const FAIL = { to: 'failed', reason: { code: 'never_sent', message: 'Not reached in time' } } as const;
const REVIEW = { code: 'no_final_answer', message: 'Still processing' };

export function moving(journal: () => Journal): void {
  it('follows the provider to the end and writes one event per move', async () => {
    const { payouts } = journal();
    const key = await executed(journal(), answered(PENDING));
    const paid = await payouts.recordProgress(key, PAID, PROVIDER);
    expect(paid).toMatchObject({ status: 'succeeded', reference: 'ref-1', feeMinor: 150 });
    expect((await payouts.events(key)).at(-1)).toMatchObject({
      type: 'status',
      from: 'processing',
      to: 'succeeded',
      actor: PROVIDER.actor,
      reason: 'status query',
      data: PAID,
    });
  });

  it('writes nothing where nothing changes', async () => {
    const { payouts } = journal();
    const cases: [Progress, Progress[]][] = [
      [PENDING, [PENDING]],
      [REDIRECT, [REDIRECT, PENDING]],
      [PAID, [PAID, { kind: 'paid' }, PENDING, REDIRECT]],
      [DECLINED, [DECLINED, { ...DECLINED, class: 'expired' }, PENDING, REDIRECT]],
      [CONTRADICTION, [CONTRADICTION, PENDING, REDIRECT]],
    ];
    for (const [first, later] of cases) {
      const key = await executed(journal(), answered(first));
      const before = await payouts.read(key);
      const events = await payouts.events(key);
      for (const progress of later) await payouts.recordProgress(key, progress, PROVIDER);
      expect(await payouts.read(key)).toEqual({ ...before, readAt: expect.any(String) as string });
      expect(await payouts.events(key)).toEqual(events);
    }
  });

  it('completes a proof that came without its reference', async () => {
    const { payouts } = journal();
    const key = await executed(journal(), answered({ kind: 'paid' }));
    expect(await payouts.recordProgress(key, PAID, PROVIDER)).toMatchObject({
      reference: 'ref-1',
      feeMinor: 150,
    });
  });

  it('takes back a worry once the provider answers again', async () => {
    const key = await executed(journal(), UNKNOWN);
    expect(await journal().payouts.recordProgress(key, PENDING, PROVIDER)).not.toHaveProperty('reason');
  });

  it('records a contradiction of a final state once, and rewrites nothing', async () => {
    const { payouts } = journal();
    const cases: [Progress, Progress][] = [
      [PAID, DECLINED],
      [PAID, { ...PAID, reference: 'ref-2' }],
      [PAID, CONTRADICTION],
      [DECLINED, CONTRADICTION],
      [{ ...DECLINED, class: 'expired' }, PAID],
      [{ ...DECLINED, class: 'refused' }, PAID],
    ];
    for (const [first, later] of cases) {
      const key = await executed(journal(), answered(first));
      const before = await payouts.get(key);
      const after = await payouts.recordProgress(key, later, PROVIDER);
      expect(after).toEqual({ ...before, version: (before?.version ?? 0) + 1 });
      await payouts.recordProgress(key, later, PROVIDER);
      expect((await eventTypes(journal(), key)).filter((type) => type === 'contradiction')).toHaveLength(1);
    }
  });

  it('corrects a decline that the provider later proves to be paid', async () => {
    const { payouts } = journal();
    const key = await executed(journal(), answered(DECLINED));
    const corrected = await payouts.recordProgress(key, PAID, PROVIDER);
    expect(corrected).toMatchObject({ status: 'succeeded', reference: 'ref-1' });
    expect(corrected).not.toHaveProperty('reason');
    expect((await payouts.events(key)).at(-1)).toMatchObject({
      type: 'correction',
      from: 'declined',
      to: 'succeeded',
    });
  });

  it('writes money that came back as a correction of a success, once', async () => {
    const { payouts } = journal();
    const key = await executed(journal(), answered(PAID));
    const returned = await payouts.recordProgress(key, RETURNED, PROVIDER);
    expect(returned).toMatchObject({ status: 'returned', reference: 'ref-1', reason: { code: 'reversal' } });
    expect(await payouts.recordProgress(key, RETURNED, PROVIDER)).toEqual(returned);
    expect((await payouts.events(key)).at(-1)).toMatchObject({
      type: 'correction',
      from: 'succeeded',
      to: 'returned',
      data: RETURNED,
    });
  });

  it('takes money that came back without having been paid for a contradiction', async () => {
    const { payouts } = journal();
    for (const before of [PENDING, CONTRADICTION]) {
      const key = await executed(journal(), answered(before));
      const after = await payouts.recordProgress(key, RETURNED, PROVIDER);
      expect(after).toMatchObject({ status: 'in_review', reason: { code: 'reversal' } });
    }
    const declined = await executed(journal(), answered(DECLINED));
    expect(await payouts.recordProgress(declined, RETURNED, PROVIDER)).toMatchObject({ status: 'declined' });
    expect(await eventTypes(journal(), declined)).toContain('contradiction');
  });

  it('leaves a review only by a person or a proof', async () => {
    const { payouts } = journal();
    for (const proof of [PAID, DECLINED]) {
      const key = await executed(journal(), answered(CONTRADICTION));
      expect(await payouts.get(key)).toMatchObject({ status: 'in_review', reason: { code: 'amount' } });
      expect((await payouts.recordProgress(key, proof, PROVIDER)).status).not.toBe('in_review');
    }
    const key = await executed(journal(), answered(CONTRADICTION));
    expect(await payouts.changeStatus(key, 'succeeded', undefined, OPERATOR)).toMatchObject({
      status: 'succeeded',
    });
    expect((await payouts.events(key)).at(-1)).toMatchObject({ type: 'resolved', ...OPERATOR });
  });

  it('makes a decided move once, however often it is asked for', async () => {
    const { payouts } = journal();
    const key = await executed(journal(), UNKNOWN);
    const first = await payouts.changeStatus(key, 'in_review', REVIEW, ENGINE);
    expect(first).toMatchObject({ status: 'in_review', reason: REVIEW });
    expect(await payouts.changeStatus(key, 'in_review', REVIEW, ENGINE)).toEqual(first);
    expect(await payouts.events(key)).toHaveLength(4);
  });

  it('refuses an illegal move and writes nothing', async () => {
    const { payouts } = journal();
    const key = await executed(journal(), answered(PAID));
    const before = await payouts.events(key);
    const move = payouts.changeStatus(key, 'declined', undefined, OPERATOR);
    await expect(move).rejects.toMatchObject({ name: 'IllegalMoveError', from: 'succeeded', to: 'declined' });
    expect(await payouts.events(key)).toEqual(before);
    const returned = await payouts.changeStatus(key, 'returned', REVIEW, OPERATOR);
    expect(returned).toMatchObject({ status: 'returned', reference: 'ref-1' });
    expect((await payouts.events(key)).at(-1)).toMatchObject({ type: 'correction' });
  });

  it('does not cancel by decree what may have been sent', async () => {
    const key = await executed(journal(), UNKNOWN);
    const move = journal().payouts.changeStatus(key, 'cancelled', undefined, OPERATOR);
    await expect(move).rejects.toMatchObject({ name: 'IllegalMoveError' });
  });

  it('closes what provably was not sent, and says so again when asked again', async () => {
    const { payouts } = journal();
    for (const close of [CANCEL, FAIL]) {
      const unsent = await executed(journal(), NOT_SENT);
      for (const key of [await accepted(journal()), unsent]) {
        const outcome = await payouts.closeUnsent(key, close, OPERATOR);
        expect(outcome).toMatchObject({ closed: true, payout: { status: close.to, reason: close.reason } });
        expect(await payouts.closeUnsent(key, close, OPERATOR)).toEqual(outcome);
      }
    }
  });

  it('refuses to close what may have been sent, and writes a refused cancel down', async () => {
    const { payouts } = journal();
    const outstanding = await accepted(journal());
    await begin(journal(), outstanding);
    for (const key of [
      outstanding,
      await executed(journal(), UNKNOWN),
      await executed(journal(), answered(PENDING)),
    ]) {
      const refused = await payouts.closeUnsent(key, CANCEL, OPERATOR);
      expect(refused).toMatchObject({ closed: false, payout: { status: 'processing' } });
      expect(refused.closed ? '' : refused.why).toMatch(
        /^Attempt 1 \(execute\) of \d{4}-.* reached the provider/,
      );
      expect((await payouts.events(key)).at(-1)).toMatchObject({
        type: 'cancel_refused',
        actor: OPERATOR.actor,
      });
      const before = await payouts.events(key);
      expect((await payouts.closeUnsent(key, FAIL, ENGINE)).closed).toBe(false);
      expect(await payouts.events(key)).toEqual(before);
    }
    const paid = await executed(journal(), answered(PAID));
    expect(await payouts.closeUnsent(paid, CANCEL, OPERATOR)).toMatchObject({
      why: 'The payout is succeeded already',
    });
  });

  it('loses no event to many writers at once', async () => {
    const { payouts } = journal();
    const key = await executed(journal(), UNKNOWN);
    await Promise.all(Array.from({ length: 40 }, () => payouts.closeUnsent(key, CANCEL, OPERATOR)));
    const sequences = (await payouts.events(key)).map((event) => event.sequence);
    expect(sequences).toEqual(Array.from({ length: 43 }, (_, index) => index + 1));
  });
}
