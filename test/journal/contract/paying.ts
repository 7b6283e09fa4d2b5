import { expect, it } from 'vitest';
import type { OperationId, OrderId } from '../../../domain/ids.js';
import type { Journal } from '../../../journal/port.js';
import * as cards from '../support/cards.js';
import * as paying from '../support/payments.js';
import { ACCOUNT, ACTOR, newPayout, OPERATOR, PROVIDER, unique } from '../support/samples.js';

const { acceptedPayment, newPayment, paidPayment, paymentKeyOf, start, startedPayment, tell, transaction } =
  paying;

/** Payments: once for ever, one intent before each call, and where the order stands by its transactions. */
export function payingIn(journal: () => Journal): void {
  it('writes a payment down and reads it back whole', async () => {
    const { payments } = journal();
    const entry = newPayment();
    const { merchant, paymentId } = entry.request;
    const key = paymentKeyOf(entry);
    expect(await payments.accept(entry)).toMatchObject({ kind: 'accepted' });
    const stored = await payments.read(key);
    expect(stored?.request).toEqual(entry.request);
    expect(stored).toMatchObject({ calls: [], operations: [] });
    expect(stored?.payment).toEqual({
      merchant,
      paymentId,
      account: ACCOUNT,
      provider: 'eightb_pay',
      orderId: entry.orderId,
      amount: paying.AMOUNT,
      purpose: 'payment',
      status: 'created',
      version: 1,
      transactions: [],
      operations: [],
      metadata: { invoice: '17' },
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/) as string,
      updatedAt: stored?.payment.createdAt,
    });
    expect(await payments.get(key)).toEqual(stored?.payment);
    expect(await payments.findByOrder(ACCOUNT, entry.orderId)).toEqual(stored?.payment);
    expect(await payments.events(key)).toMatchObject([
      { sequence: 1, type: 'accepted', to: 'created', actor: ACTOR },
    ]);
  });

  it('knows nothing of what was never accepted', async () => {
    const { payments } = journal();
    const key = paymentKeyOf(newPayment());
    expect(await payments.get(key)).toBeUndefined();
    expect(await payments.read(key)).toBeUndefined();
    expect(await payments.events(key)).toEqual([]);
    const unknown = {
      name: 'UnknownPaymentError',
      message: `The journal has no payment:${key.merchant}:${key.paymentId}`,
    };
    await expect(tell(journal(), key, [])).rejects.toMatchObject(unknown);
    await expect(start(journal(), key)).rejects.toMatchObject(unknown);
  });

  it('accepts once: a repeat finds the original as it stands, other content is refused', async () => {
    const { payments } = journal();
    const entry = newPayment();
    const results = await Promise.all(Array.from({ length: 20 }, () => payments.accept(entry)));
    expect(results.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === 'repeat')).toHaveLength(19);
    const key = paymentKeyOf(entry);
    await start(journal(), key);
    const payment = await payments.get(key);
    expect(await payments.accept(entry)).toEqual({ kind: 'repeat', payment });
    const other = { ...entry, contentFingerprint: 'content-2', orderId: unique('o') as OrderId };
    expect(await payments.accept(other)).toEqual({ kind: 'conflict', original: payment });
  });

  it('gives an order id to one payment, payout or card', async () => {
    const { payments, payouts, storedCards } = journal();
    const entry = newPayment();
    await payments.accept(entry);
    const { orderId } = entry;
    expect(await payouts.accept(newPayout({ orderId }))).toEqual({ kind: 'order_id_taken' });
    expect(await storedCards.accept(cards.newCard({}, orderId))).toEqual({ kind: 'order_id_taken' });
    expect(await payments.accept(newPayment({ orderId }))).toEqual({ kind: 'order_id_taken' });
    const payout = newPayout();
    await payouts.accept(payout);
    expect(await payments.accept(newPayment({ orderId: payout.orderId }))).toEqual({
      kind: 'order_id_taken',
    });
  });

  it('lets one start out of 20 at once, and writes no page address into the history', async () => {
    const { payments } = journal();
    const key = await acceptedPayment(journal());
    const begun = await Promise.all(Array.from({ length: 20 }, () => start(journal(), key)));
    expect(begun.filter(({ kind }) => kind === 'go')).toHaveLength(1);
    expect(begun.filter(({ kind }) => kind === 'sent')).toHaveLength(19);
    const payment = await payments.endStart(key, 1, paying.PAGE);
    expect(payment).toMatchObject({
      status: 'action_required',
      action: { url: expect.any(String) as string },
    });
    expect(JSON.stringify(await payments.events(key))).not.toContain('secret=1');
    expect(await start(journal(), key)).toEqual({ kind: 'sent' });
  });

  it('may begin again what provably never left, and fails as never sent', async () => {
    const { payments } = journal();
    const key = await acceptedPayment(journal());
    await start(journal(), key);
    await payments.endStart(key, 1, paying.UNSENT);
    expect(await start(journal(), key)).toEqual({ kind: 'go', number: 2 });
    await payments.endStart(key, 2, paying.UNSENT);
    const reason = { code: 'never_sent', message: 'Nobody was there' };
    expect(await payments.closeUnsent(key, reason)).toMatchObject({ status: 'failed', reason });
    expect(await start(journal(), key)).toEqual({ kind: 'closed' });
  });

  it('repeats a start only after the one that it names, with the same bytes, and while nobody has paid', async () => {
    const { payments } = journal();
    const key = await acceptedPayment(journal());
    await start(journal(), key);
    expect(await start(journal(), key, 1)).toEqual({ kind: 'sent' });
    await payments.endStart(key, 1, paying.LOST);
    expect(await start(journal(), key)).toEqual({ kind: 'sent' });
    const other = { kind: 'start', requestFingerprint: 'bytes-2', restartOf: 1 } as const;
    expect(await payments.beginStart(key, other)).toEqual({ kind: 'other_request' });
    expect(await start(journal(), key, 1)).toEqual({ kind: 'go', number: 2 });
    await payments.endStart(key, 2, paying.LOST);
    await tell(journal(), key, [transaction('1', 'started')]);
    expect(await start(journal(), key, 2)).toEqual({ kind: 'sent' });
    expect(await payments.closeUnsent(key, { code: 'c', message: 'm' })).toMatchObject({
      status: 'processing',
    });
  });

  it('never repeats a charge by token', async () => {
    const { payments } = journal();
    const key = await acceptedPayment(journal(), { recurrentOf: 'earlier' as never });
    const call = { kind: 'recurrent', requestFingerprint: 'bytes-1' } as const;
    await payments.beginStart(key, call);
    await payments.endStart(key, 1, paying.LOST);
    expect(await payments.beginStart(key, { ...call, restartOf: 1 })).toEqual({ kind: 'sent' });
    expect(await payments.beginStart(key, { ...call, kind: 'start', restartOf: 1 })).toEqual({
      kind: 'sent',
    });
    // That nothing is known of it proves nothing, however late it is.
    const late = await tell(journal(), key, [], { graceMs: -1e15 });
    expect(late.status).toBe('processing');
  });

  it('follows the tries of a payer: a decline leaves the page open, a paid one decides', async () => {
    const key = await startedPayment(journal());
    const declined = await tell(journal(), key, [transaction('1', 'failed', { message: 'No money' })]);
    expect(declined).toMatchObject({ status: 'action_required', action: { type: 'redirect' } });
    const trying = await tell(journal(), key, [transaction('2', 'uncertain')]);
    expect(trying).toMatchObject({ status: 'processing' });
    expect(trying).not.toHaveProperty('action');
    expect(await tell(journal(), key, [transaction('2', 'failed')])).toMatchObject({
      status: 'action_required',
      action: { type: 'redirect' },
    });
    const paid = await tell(journal(), key, [transaction('3', 'paid', { card: '411111******1111' })]);
    expect(paid).toMatchObject({
      status: 'succeeded',
      transactions: [{ id: '1' }, { id: '2' }, { id: '3' }],
    });
    // The same once more, or older news, are no news.
    const { version } = paid;
    await tell(journal(), key, [transaction('3', 'started'), transaction('1', 'failed')]);
    expect(await tell(journal(), key, [transaction('3', 'paid')])).toMatchObject({ version });
  });

  it.each([
    ['expired', [], 'expired'],
    ['declined', [transaction('1', 'failed', { message: 'No money' })], 'declined'],
  ] as const)(
    'is %s only when the order is over and a proven answer says so',
    async (_name, told, status) => {
      const key = await startedPayment(journal(), { expiresAt: '2020-01-01T00:00:00.000Z' });
      expect(await tell(journal(), key, told, { graceMs: 1e15 })).toMatchObject({
        status: 'action_required',
      });
      expect((await tell(journal(), key, told, { mayEnd: false })).status).not.toBe(status);
      expect(await tell(journal(), key, told)).toMatchObject({ status });
      // A late proof is a correction, never thrown away.
      expect(await tell(journal(), key, [transaction('9', 'paid')])).toMatchObject({ status: 'succeeded' });
      expect((await journal().payments.events(key)).at(-1)).toMatchObject({
        type: 'correction',
        from: status,
      });
    },
  );

  it.each([
    ['double_charge', [transaction('1', 'paid'), transaction('2', 'paid')]],
    ['amount_mismatch', [transaction('1', 'paid', { amount: { minor: 1, currency: 'USD' } })]],
    ['amount_mismatch', [transaction('1', 'started', { amount: { minor: 10_000, currency: 'EUR' } })]],
    ['unmapped_status', [transaction('1', 'unmapped')]],
    ['release_failed', [transaction('1', 'release_failed')]],
  ] as const)('needs a person: %s', async (code, told) => {
    const key = await startedPayment(journal());
    expect(await tell(journal(), key, told)).toMatchObject({ status: 'in_review', reason: { code } });
    // Hearing it again changes nothing.
    const { version } = await tell(journal(), key, told);
    expect(await tell(journal(), key, told)).toMatchObject({ status: 'in_review', version });
  });

  it('finds a second charge also after the end, and is whole again when one is given back', async () => {
    const { payments } = journal();
    const key = await paidPayment(journal());
    const twice = await tell(journal(), key, [transaction('2', 'paid')]);
    expect(twice).toMatchObject({ status: 'in_review', reason: { code: 'double_charge' } });
    const unnamed = await payments.acceptOperation(paying.operation(key, 'refund'), OPERATOR);
    expect(unnamed).toMatchObject({ kind: 'refused', field: 'transactionId' });
    const request = paying.operation(key, 'refund', { transactionId: '2' });
    const { number } = await paying.begunOperation(journal(), request);
    const done = {
      kind: 'answered',
      progress: { kind: 'done', transaction: transaction('2', 'refunded') },
    } as const;
    const { payment } = await payments.answerOperation(request, number, done);
    expect(payment).toMatchObject({ status: 'succeeded' });
    // The surplus was never the payment's.
    expect(payment).not.toHaveProperty('refundedMinor');
    const rest = paying.operation(key, 'refund');
    expect(await payments.acceptOperation(rest, OPERATOR)).toMatchObject({
      kind: 'accepted',
      operation: { transactionId: '1' },
    });
  });

  it('writes a contradiction once; a person must look, unless it has ended', async () => {
    const { payments } = journal();
    const open = await startedPayment(journal());
    await tell(journal(), open, [transaction('1', 'failed')]);
    for (let i = 0; i < 3; i += 1) {
      expect(await tell(journal(), open, [transaction('1', 'paid')])).toMatchObject({
        status: 'in_review',
        reason: { code: 'contradictory_transaction' },
        transactions: [{ id: '1', status: 'failed' }],
      });
    }
    const ended = await paidPayment(journal());
    for (let i = 0; i < 3; i += 1) await tell(journal(), ended, [transaction('1', 'failed')]);
    expect(await payments.get(ended)).toMatchObject({ status: 'succeeded' });
    for (const key of [open, ended]) {
      const types = (await payments.events(key)).map(({ type }) => type);
      expect(types.filter((type) => type === 'contradiction')).toHaveLength(1);
    }
  });

  it('keeps one token, sealed, where it was asked for, and shows only that there is one', async () => {
    const { payments } = journal();
    const key = await startedPayment(journal());
    const { SEALED_TOKEN } = paying;
    const payment = await tell(journal(), key, [transaction('1', 'paid')], { sealedToken: SEALED_TOKEN });
    expect(payment).toMatchObject({ status: 'succeeded', hasToken: true });
    await payments.keepToken(key, SEALED_TOKEN.replace('dG9rZW4', 'b3RoZXI'));
    expect((await payments.read(key))?.sealedToken).toBe(SEALED_TOKEN);
    const readable = await startedPayment(journal());
    await expect(payments.keepToken(readable, 'readable-token')).rejects.toThrow(/sealed/);
    expect(JSON.stringify([payment, await payments.events(key)])).not.toContain(SEALED_TOKEN);
    const unasked = await startedPayment(journal(), { keepCard: false });
    expect(await payments.keepToken(unasked, SEALED_TOKEN)).not.toHaveProperty('hasToken');
  });

  it('takes no verdict against what is known of the money', async () => {
    const { payments } = journal();
    const key = await startedPayment(journal());
    await tell(journal(), key, [transaction('1', 'paid'), transaction('2', 'paid')]);
    const deny = payments.changeStatus(key, 'declined', undefined, OPERATOR, 'in_review');
    await expect(deny).rejects.toMatchObject({ name: 'IllegalPaymentMoveError' });
    expect(await payments.changeStatus(key, 'succeeded', undefined, OPERATOR, 'in_review')).toMatchObject({
      status: 'succeeded',
    });
    expect((await payments.events(key)).at(-1)).toMatchObject({ type: 'resolved', actor: OPERATOR.actor });
    await expect(payments.changeStatus(key, 'expired', undefined, OPERATOR)).rejects.toThrow(/cannot move/);
  });

  it('tells of a callback in its history, and keeps what it says', async () => {
    const { payments, inbox } = journal();
    const entry = newPayment();
    await payments.accept(entry);
    const raw = { method: 'POST', url: '/callbacks/demo', headers: {}, body: Buffer.from('sealed') };
    const transactions = [transaction('1', 'paid')];
    const told = { account: ACCOUNT, orderId: entry.orderId, dedupeKey: unique('d'), transactions, raw };
    const { callback } = await inbox.store({ ...told, sealedToken: paying.SEALED_TOKEN });
    expect(callback).toMatchObject({ transactions, sealedToken: paying.SEALED_TOKEN });
    expect((await payments.events(paymentKeyOf(entry))).at(-1)).toMatchObject({
      type: 'callback',
      data: { callbackId: callback.id },
    });
    const readable = inbox.store({ ...told, dedupeKey: unique('d'), sealedToken: 'tok_123' });
    await expect(readable).rejects.toThrow(/sealed/);
  });

  it('lists newest first, by merchant, account and status', async () => {
    const { payments } = journal();
    const first = await startedPayment(journal());
    const { merchant } = first;
    const second = await acceptedPayment(journal(), { merchant });
    const page = await payments.list({ merchant }, { limit: 1 });
    const rest = await payments.list({ merchant, account: ACCOUNT }, { limit: 5, cursor: page.nextCursor });
    const ids = [...page.items, ...rest.items].map(({ paymentId }) => paymentId);
    expect([...ids].sort()).toEqual([first.paymentId, second.paymentId].sort());
    expect(rest).not.toHaveProperty('nextCursor');
    const waiting = await payments.list({ merchant, status: 'action_required' }, { limit: 5 });
    expect(waiting.items.map(({ paymentId }) => paymentId)).toEqual([first.paymentId]);
    await expect(payments.list({}, { limit: 1, cursor: 'nonsense' })).rejects.toMatchObject({
      name: 'InvalidCursorError',
    });
  });

  it('names an operation by its payment: two payments may use one id', async () => {
    const { payments } = journal();
    const operationId = 'refund-1' as OperationId;
    for (let i = 0; i < 2; i += 1) {
      const key = await paidPayment(journal());
      const request = paying.operation(key, 'refund', { operationId });
      expect(await payments.acceptOperation(request, PROVIDER)).toMatchObject({ kind: 'accepted' });
    }
  });
}
