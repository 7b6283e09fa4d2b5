import { expect, it } from 'vitest';
import type { OperationAnswer } from '../../../domain/payment-answer.js';
import type { TransactionStatus } from '../../../domain/payment-transaction.js';
import type { Journal } from '../../../journal/port.js';
import * as paying from '../support/payments.js';
import { ENGINE, OPERATOR, PROVIDER } from '../support/samples.js';

const { begunOperation, operation, paidPayment, startedPayment, tell, transaction } = paying;

const done = (id: string, status: TransactionStatus): OperationAnswer => ({
  kind: 'answered',
  progress: { kind: 'done', transaction: transaction(id, status) },
});
const usd = (minor: number) => ({ minor, currency: 'USD' }) as const;

/** Refunds, releases and captures: once, one at a time, and never more than was paid. */
export function operating(journal: () => Journal): void {
  async function heldPayment() {
    const key = await startedPayment(journal());
    expect(await tell(journal(), key, [transaction('1', 'held')])).toMatchObject({ status: 'held' });
    return key;
  }

  it('is taken once for ever: a repeat finds it, other content is refused', async () => {
    const { payments } = journal();
    const request = operation(await paidPayment(journal()), 'refund', { amount: usd(4_000) });
    const taken = await Promise.all(
      Array.from({ length: 10 }, () => payments.acceptOperation(request, OPERATOR)),
    );
    expect(taken.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
    expect(taken.filter(({ kind }) => kind === 'repeat')).toHaveLength(9);
    const other = { ...request, amount: usd(4_001) };
    expect(await payments.acceptOperation(other, OPERATOR)).toMatchObject({
      kind: 'conflict',
      original: { amount: usd(4_000) },
    });
  });

  it('is sent once, and only one is open at a time', async () => {
    const { payments } = journal();
    const key = await paidPayment(journal());
    const request = operation(key, 'refund');
    await payments.acceptOperation(request, OPERATOR);
    const begun = await Promise.all(Array.from({ length: 10 }, () => payments.beginOperation(request, 'b')));
    expect(begun.filter(({ kind }) => kind === 'go')).toHaveLength(1);
    expect(await payments.acceptOperation(operation(key, 'refund'), OPERATOR)).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('is processing') as string,
    });
    const unsent = { kind: 'not_sent', code: 'dns', message: 'No such host' } as const;
    const number = begun.find((one) => one.kind === 'go')?.number ?? 0;
    await payments.answerOperation(request, number, unsent);
    expect(await payments.beginOperation(request, 'b')).toMatchObject({ kind: 'go' });
  });

  it.each([
    ['void', 'released', 'cancelled'],
    ['complete', 'paid', 'succeeded'],
  ] as const)('%s ends a hold', async (kind, becomes, status) => {
    const { payments } = journal();
    const { key, number } = await begunOperation(journal(), operation(await heldPayment(), kind));
    const ended = await payments.answerOperation(key, number, done('1', becomes));
    expect(ended).toMatchObject({ operation: { status: 'done' }, payment: { status } });
  });

  it('is refused in words where the transaction does not allow it', async () => {
    const { payments } = journal();
    const paid = await paidPayment(journal());
    for (const kind of ['void', 'complete'] as const) {
      expect(await payments.acceptOperation(operation(paid, kind), OPERATOR)).toMatchObject({
        kind: 'refused',
        why: expect.stringContaining('must be held (1 is paid)') as string,
      });
    }
    const held = await heldPayment();
    const refund = await payments.acceptOperation(operation(held, 'refund'), OPERATOR);
    expect(refund).toMatchObject({ kind: 'refused', why: expect.stringContaining('1 is held') as string });
    const part = operation(held, 'complete', { amount: usd(1) });
    expect(await payments.acceptOperation(part, OPERATOR)).toMatchObject({
      kind: 'refused',
      field: 'amount',
    });
    expect((await payments.get(held))?.operations).toEqual([]);
  });

  it('gives back in parts, and never more than was paid', async () => {
    const { payments } = journal();
    const key = await paidPayment(journal());
    const refund = async (minor?: number) => {
      const request = operation(key, 'refund', minor === undefined ? {} : { amount: usd(minor) });
      const begun = await begunOperation(journal(), request);
      return payments.answerOperation(begun.key, begun.number, done('1', 'refunded'));
    };
    expect((await refund(3_000)).payment).toMatchObject({ status: 'refunded', refundedMinor: 3_000 });
    expect((await refund(3_000)).payment).toMatchObject({ status: 'refunded', refundedMinor: 6_000 });
    const tooMuch = await payments.acceptOperation(
      operation(key, 'refund', { amount: usd(4_001) }),
      OPERATOR,
    );
    expect(tooMuch).toMatchObject({ kind: 'refused', why: expect.stringContaining('40.00 USD') as string });
    // Left out, it is what is left: named, because "all" could be taken for the whole.
    const last = await refund();
    expect(last).toMatchObject({ operation: { amount: usd(4_000) }, payment: { refundedMinor: 10_000 } });
    expect(await payments.acceptOperation(operation(key, 'refund'), OPERATOR)).toMatchObject({
      kind: 'refused',
    });
  });

  it('names no part in another currency than the payer was charged in', async () => {
    const key = await startedPayment(journal());
    const charged = { minor: 9_000, currency: 'EUR' } as const;
    await tell(journal(), key, [transaction('1', 'paid', { charged })]);
    const { payments } = journal();
    const part = await payments.acceptOperation(operation(key, 'refund', { amount: usd(100) }), OPERATOR);
    expect(part).toMatchObject({ kind: 'refused', why: expect.stringContaining('EUR') as string });
    expect(await payments.acceptOperation(operation(key, 'refund'), OPERATOR)).toMatchObject({
      kind: 'accepted',
    });
  });

  it('asks for the amount where somebody else gave some of it back', async () => {
    const { payments } = journal();
    const key = await paidPayment(journal());
    expect(await tell(journal(), key, [transaction('1', 'refunded')])).toMatchObject({ status: 'refunded' });
    expect(await payments.acceptOperation(operation(key, 'refund'), OPERATOR)).toMatchObject({
      kind: 'refused',
      field: 'amount',
    });
  });

  it('counts nothing before it is proven, and puts the payment in review where it cannot be', async () => {
    const { payments } = journal();
    const request = operation(await paidPayment(journal()), 'refund', { amount: usd(4_000) });
    const { key, number } = await begunOperation(journal(), request);
    const lost = { kind: 'unknown', code: 'timeout', message: 'No answer' } as const;
    const waiting = await payments.answerOperation(key, number, lost);
    expect(waiting).toMatchObject({ operation: { status: 'processing' }, payment: { status: 'succeeded' } });
    expect(waiting.payment).not.toHaveProperty('refundedMinor');

    const reason = { code: 'operation_unclear', message: 'Nobody knows' };
    // While its request may be on its way, nobody's word ends it.
    expect(await payments.settleOperation(key, { status: 'done' }, OPERATOR)).toMatchObject({
      operation: { status: 'processing' },
    });
    const unclear = await payments.endOperation(key, { status: 'in_review', reason }, ENGINE);
    expect(unclear).toMatchObject({
      operation: { status: 'in_review' },
      payment: { status: 'in_review', reason },
    });
    // No status, and no other operation, leads out of it: a person does.
    await tell(journal(), request, [transaction('1', 'refunded')]);
    expect((await payments.get(request))?.status).toBe('in_review');
    const next = await payments.acceptOperation(operation(request, 'refund'), OPERATOR);
    expect(next).toMatchObject({ kind: 'refused', why: expect.stringContaining('in_review') as string });
    await expect(payments.changeStatus(request, 'succeeded', undefined, OPERATOR)).rejects.toThrow(/settled/);
    expect(await payments.endOperation(key, { status: 'done' }, ENGINE)).toMatchObject({
      operation: { status: 'in_review' },
    });
    for (let i = 0; i < 2; i += 1) {
      expect(await payments.settleOperation(key, { status: 'done' }, OPERATOR)).toMatchObject({
        operation: { status: 'done' },
        payment: { status: 'refunded', refundedMinor: 4_000 },
      });
    }
  });

  it('leaves the payment as it was where a person finds that it did not happen', async () => {
    const { payments } = journal();
    const request = operation(await paidPayment(journal()), 'refund', { amount: usd(4_000) });
    const { key } = await begunOperation(journal(), request);
    const reason = { code: 'operation_unclear', message: 'Nobody knows' };
    await payments.endOperation(key, { status: 'in_review', reason }, ENGINE);
    const told = { code: 'operator_not_done', message: 'Not in the portal' };
    const settled = await payments.settleOperation(key, { status: 'not_done', reason: told }, OPERATOR);
    expect(settled).toMatchObject({
      operation: { status: 'not_done', reason: told },
      payment: { status: 'succeeded' },
    });
    expect(settled.payment).not.toHaveProperty('refundedMinor');
    expect(await payments.acceptOperation(operation(key, 'refund'), OPERATOR)).toMatchObject({
      kind: 'accepted',
    });
  });

  it('is not sent where the transaction moved on since it was taken', async () => {
    const { payments } = journal();
    const key = await heldPayment();
    const request = operation(key, 'complete');
    await payments.acceptOperation(request, PROVIDER);
    await tell(journal(), key, [transaction('1', 'released')]);
    expect(await payments.beginOperation(request, 'b')).toEqual({ kind: 'closed' });
  });

  it('never takes what is held to verify a card', async () => {
    const { payments } = journal();
    const key = await startedPayment(journal(), { purpose: 'card_verification' });
    expect(await tell(journal(), key, [transaction('1', 'held')])).toMatchObject({ status: 'succeeded' });
    expect(await payments.acceptOperation(operation(key, 'complete'), OPERATOR)).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('card verification') as string,
    });
    expect(await payments.acceptOperation(operation(key, 'void'), OPERATOR)).toMatchObject({
      kind: 'accepted',
    });
  });

  it('is done by a proof that comes after it went into review', async () => {
    const { payments } = journal();
    const request = operation(await paidPayment(journal()), 'refund', { amount: usd(4_000) });
    const { key, number } = await begunOperation(journal(), request);
    const reason = { code: 'operation_unclear', message: 'Nobody knows' };
    await payments.endOperation(key, { status: 'in_review', reason }, ENGINE);
    expect(await payments.answerOperation(key, number, done('1', 'refunded'))).toMatchObject({
      operation: { status: 'done' },
      payment: { status: 'refunded', refundedMinor: 4_000 },
    });
  });
}
