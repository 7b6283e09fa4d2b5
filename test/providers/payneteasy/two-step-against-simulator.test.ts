import { describe, expect, it } from 'vitest';
import type { MoneyAnswer, NotPaid } from '../../../domain/provider-answer.js';
import { ask, never, prepared, send } from './fixtures.js';
import { askUntil, bookings, order, play } from './simulated.js';

const settings = { flow: 'two_step' };
const ready = { kind: 'answered', progress: { kind: 'ready' } };
const paid = { kind: 'answered', progress: { kind: 'paid' } };
const pending = { kind: 'answered', progress: { kind: 'pending' } };
const idOf = (answer: MoneyAnswer) => (answer.kind === 'answered' ? answer.providerOrderId : undefined);
const suspicionOf = (answer: MoneyAnswer): NotPaid | undefined =>
  answer.kind === 'unknown' ? answer.suspected : undefined;

describe('payout-check, then payout-pay (§6.3, §6.4)', () => {
  it.each(['stage', 'approved_check'] as const)(
    'ready (%s), then paid, with one booking',
    async (readyAs) => {
      const played = await play({ settings, readyAs });
      const payout = order();
      const checked = await send(played.provider, payout, 'register');
      expect(checked).toMatchObject(pending);
      const known = { ...payout, providerOrderId: idOf(checked) };
      expect(await ask(played.provider, known)).toMatchObject(ready);
      expect(bookings(played, payout)).toBe(0);
      expect(await send(played.provider, known)).toMatchObject(pending);
      expect(await ask(played.provider, known)).toMatchObject(paid);
      expect(bookings(played, payout)).toBe(1);
      expect(played.simulator.control.requests(payout.orderId).counts).toMatchObject({
        'payout-check': 1,
        'payout-pay': 1,
        money: 2,
      });
    },
  );

  it.each([
    ['01', '1001'],
    ['02', 'filtered'],
    ['03', 'provider_error'],
  ])('scenario %s is declined by the check', async (digits, code) => {
    const played = await play({ settings });
    const payout = order(digits);
    await send(played.provider, payout, 'register');
    expect(await ask(played.provider, payout)).toMatchObject({
      progress: { kind: 'not_paid', class: 'declined', code },
    });
    expect(await played.provider.prepare('execute', payout, never)).toMatchObject({
      code: 'order_id_unknown',
    });
  });

  it('a check whose answer was lost is found, and paid', async () => {
    const played = await play({ settings });
    const payout = order();
    played.simulator.control.inject({ kind: 'reset_after', on: 'payout-check' });
    expect((await send(played.provider, payout, 'register')).kind).toBe('unknown');
    expect(await ask(played.provider, payout)).toMatchObject(ready);
    expect(await send(played.provider, payout)).toMatchObject(pending);
    expect(bookings(played, payout)).toBe(1);
  });

  it('built twice, payout-pay is the same', async () => {
    const played = await play({ settings });
    const payout = order();
    const checked = await send(played.provider, payout, 'register');
    const [asked, told] = [
      await prepared(played.provider, payout),
      await prepared(played.provider, { ...payout, providerOrderId: idOf(checked) }),
    ];
    expect(Buffer.from(asked.exact)).toEqual(Buffer.from(told.exact));
  });
});

describe('a payment that goes wrong', () => {
  async function checked(digits = '00') {
    const played = await play({ settings });
    const payout = order(digits);
    const providerOrderId = idOf(await send(played.provider, payout, 'register'));
    return { ...played, payout: { ...payout, providerOrderId } };
  }

  it('lost on the way: still ready, which is proof that nothing moved', async () => {
    const played = await checked();
    played.simulator.control.inject({ kind: 'reset_before', on: 'payout-pay' });
    expect(await send(played.provider, played.payout)).toMatchObject({ kind: 'unknown' });
    expect(await ask(played.provider, played.payout)).toMatchObject(ready);
    // The engine sends it again only where the account says so.
    expect(await send(played.provider, played.payout)).toMatchObject(pending);
    expect(bookings(played, played.payout)).toBe(1);
  });

  it('paid, and its answer lost', async () => {
    const played = await checked();
    played.simulator.control.inject({ kind: 'reset_after', on: 'payout-pay' });
    expect(await send(played.provider, played.payout)).toMatchObject({ kind: 'unknown' });
    expect(await ask(played.provider, played.payout)).toMatchObject(paid);
  });

  async function refused(orderId: boolean) {
    const played = await checked();
    const message = 'Terminal is switched off';
    played.simulator.control.inject({ kind: 'refusal', type: 'error', message, orderId, on: 'payout-pay' });
    return { ...played, message, answer: await send(played.provider, played.payout) };
  }

  it('refused, and still ready: one question confirms it', async () => {
    const { answer, message, ...played } = await refused(false);
    expect(answer).toMatchObject({ kind: 'unknown', suspected: { class: 'refused' } });
    expect(await ask(played.provider, played.payout, { suspected: suspicionOf(answer) })).toMatchObject({
      progress: { kind: 'not_paid', class: 'refused', message },
    });
    expect(bookings(played, played.payout)).toBe(0);
  });

  it('refused under an order id, which may still be approved: no one answer makes a failure of it', async () => {
    const { answer, ...played } = await refused(true);
    expect(answer).toMatchObject({ kind: 'unknown' });
    expect(suspicionOf(answer)).toBeUndefined();
    expect(await ask(played.provider, played.payout)).toMatchObject(ready);
  });

  it('refused in words, but paid all the same', async () => {
    const played = await checked('14');
    expect(await send(played.provider, played.payout)).toMatchObject({ kind: 'unknown' });
    expect(await askUntil(played.provider, played.payout, ['paid'])).toMatchObject(paid);
  });

  it.each(['reject_with_id', 'reject', 'replay'] as const)(
    'sent twice (%s), it moves once',
    async (repeatedPay) => {
      const played = await play({ settings, repeatedPay });
      const payout = order();
      const known = { ...payout, providerOrderId: idOf(await send(played.provider, payout, 'register')) };
      await send(played.provider, known);
      const again = await send(played.provider, known);
      const refused = again.kind === 'answered' && again.progress.kind === 'not_paid';
      expect(refused).toBe(false);
      expect(await ask(played.provider, known, { suspected: suspicionOf(again) })).toMatchObject(paid);
      expect(bookings(played, known)).toBe(1);
    },
  );

  it('the receiver must act after it', async () => {
    const played = await checked('04');
    await send(played.provider, played.payout);
    expect(await ask(played.provider, played.payout)).toMatchObject({
      progress: { kind: 'action_required' },
    });
    played.simulator.control.answerForm(played.payout.orderId, true);
    expect(await ask(played.provider, played.payout)).toMatchObject(paid);
  });
});
