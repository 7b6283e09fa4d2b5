import { describe, expect, it } from 'vitest';
import { isLacking } from '../../../providers/port.js';
import { PAYNETEASY_VARIANTS } from '../../../simulators/index.js';
import { ask, never, send } from './fixtures.js';
import { askUntil, bookings, order, play } from './simulated.js';

/** What our side must say so that we speak the same, and what we make of it where that is not enough. */
interface OurSide {
  readonly settings?: Record<string, unknown>;
  readonly fields?: Record<string, string>;
  /** How a paid order is told; absent: as paid. */
  readonly told?: { readonly kind: string; readonly code?: string };
}

/** By the variant's name; one that is not here asks nothing of us. */
const OUR_SIDE: Readonly<Record<string, OurSide>> = {
  'orderIdField=client-order-id': { settings: { orderIdField: 'client-order-id' } },
  'requiredFields=purpose+bank_name': {
    settings: { requiredFields: ['purpose', 'bank_name'] },
    fields: { purpose: 'rent', bank_name: 'Example Bank' },
  },
  'statusIds=none': { told: { kind: 'unknown', code: 'no_order_named' } },
  'statusAmount=absent': { settings: { successWithoutAmount: true } },
  'transactionType=withdrawal': { settings: { transactionTypes: { payout: ['withdrawal'] } } },
};

/** What only shows itself elsewhere than in a plain payout of one step is played in the tests of that. */
const known = { kind: 'answered', progress: { kind: 'paid' } };

describe.each(PAYNETEASY_VARIANTS)('$name: $words', ({ name, patch, flow }) => {
  const { settings = {}, fields, told } = OUR_SIDE[name] ?? {};
  const ours = { ...settings, ...(flow === 'two_step' && { flow: 'two_step' }) };
  const pay = async (lose: boolean) => {
    const played = await play({ ...patch, settings: ours });
    const payout = order('00', { providerFields: fields });
    if (flow === 'two_step') await send(played.provider, payout, 'register');
    if (lose) played.simulator.control.inject({ kind: 'reset_after', on: flow ? 'payout-pay' : 'payout' });
    const answer = await send(played.provider, payout);
    const providerOrderId = answer.kind === 'answered' ? answer.providerOrderId : undefined;
    return { ...played, answer, payout: { ...payout, providerOrderId } };
  };

  it('paid, with one booking', async () => {
    const played = await pay(false);
    expect(played.answer).toMatchObject({ kind: 'answered', progress: { kind: 'pending' } });
    expect(await ask(played.provider, played.payout)).toMatchObject(told ?? known);
    expect(bookings(played, played.payout)).toBe(1);
  });

  it('the answer lost: nothing is concluded, and one booking', async () => {
    const played = await pay(true);
    expect(played.answer).toMatchObject({ kind: 'unknown' });
    const blind = name === 'withoutOrderId=refused' ? { kind: 'unknown' } : undefined;
    expect(await ask(played.provider, played.payout)).toMatchObject(blind ?? told ?? known);
    expect(bookings(played, played.payout)).toBe(1);
  });

  it('declined, refused and not found are told apart', async () => {
    const played = await play({ ...patch, settings: ours });
    const payout = order('01', { providerFields: fields });
    const first = flow === 'two_step' ? 'register' : 'execute';
    await send(played.provider, payout, first);
    if (flow === 'two_step' && patch.declinesAt === 'pay') await send(played.provider, payout);
    expect(await askUntil(played.provider, payout, ['not_paid'])).toMatchObject(
      name === 'withoutOrderId=refused'
        ? { kind: 'unknown' }
        : { progress: { kind: 'not_paid', class: 'declined' } },
    );
    const invalid = order('10', { providerFields: fields });
    expect(await send(played.provider, invalid, first)).toMatchObject({
      progress: { kind: 'not_paid', class: 'refused' },
    });
    expect(await ask(played.provider, invalid)).toMatchObject(
      name === 'withoutOrderId=refused' ? { kind: 'unknown' } : { progress: { kind: 'not_found' } },
    );
  });
});

it('every variant that asks something of us exists', () => {
  const names = PAYNETEASY_VARIANTS.map(({ name }) => name);
  expect(Object.keys(OUR_SIDE).filter((name) => !names.includes(name))).toEqual([]);
});

describe('where our side does not say so, nothing is guessed', () => {
  it('a transaction type that nobody listed', async () => {
    const unmapped: string[] = [];
    const played = await play({
      transactionType: 'withdrawal',
      deps: { onUnmapped: ({ code }) => void unmapped.push(code) },
    });
    const payout = order();
    await send(played.provider, payout);
    expect(await ask(played.provider, payout)).toMatchObject({ kind: 'unknown', code: 'transaction_type' });
    expect(unmapped).toEqual(['withdrawal']);
  });

  it('a success without an amount', async () => {
    const played = await play({ statusAmount: 'absent' });
    const payout = order();
    await send(played.provider, payout);
    expect(await ask(played.provider, payout)).toMatchObject({ kind: 'unknown', code: 'no_amount' });
  });
});

describe('endings', () => {
  it('a repeat that is executed again is why we do not repeat', async () => {
    const played = await play({ duplicateOrder: 'execute_again' });
    const payout = order();
    await send(played.provider, payout);
    await send(played.provider, payout);
    expect(bookings(played, payout)).toBe(2);
  });

  it('a repeat that is refused proves nothing of the first', async () => {
    const played = await play({ duplicateOrder: 'reject' });
    const payout = order();
    played.simulator.control.inject({ kind: 'reset_after', on: 'payout' });
    await send(played.provider, payout);
    const again = await send(played.provider, payout);
    expect(again).toMatchObject({ kind: 'unknown', code: 'duplicate_order' });
    expect(again).not.toHaveProperty('suspected');
    expect(await ask(played.provider, payout)).toMatchObject(known);
  });

  it('"unknown" that never ends stays unknown', async () => {
    const played = await play({ unknownEnds: 'never' });
    const payout = order('06');
    await send(played.provider, payout);
    expect(await ask(played.provider, payout)).toMatchObject({ kind: 'unknown', code: 'status_unknown' });
  });

  it('"unknown" may become declined', async () => {
    const played = await play({ unknownEnds: 'declined' });
    const payout = order('06');
    await send(played.provider, payout);
    expect(await askUntil(played.provider, payout, ['not_paid'])).toMatchObject({
      progress: { kind: 'not_paid' },
    });
  });

  it('"error" that turns to approved is a later proof', async () => {
    const timings = { errorTurnsMs: 100 };
    const played = await play({ errorTurns: 'approved', waitsFromTold: true, timings });
    const payout = order('03');
    await send(played.provider, payout);
    expect(await ask(played.provider, payout)).toMatchObject({ progress: { code: 'provider_error' } });
    expect(await askUntil(played.provider, payout, ['paid'])).toMatchObject(known);
  });

  it.each(['balances', 'list', 'single'] as const)('balances as %s', async (balanceShape) => {
    const played = await play({
      balanceShape,
      merchant: { fundsMinor: { USD: 5_000, EUR: 70 } },
      settings: { balance: { of: 'merchant' } },
    });
    const { balance } = played.provider;
    if (isLacking(balance)) throw new Error(balance.lacking);
    const answer = await balance.read(never);
    const both = [
      { currency: 'USD', availableMinor: 5_000 },
      { currency: 'EUR', availableMinor: 70 },
    ];
    expect(answer).toMatchObject({
      kind: 'answered',
      balances: balanceShape === 'single' ? both.slice(0, 1) : both,
    });
  });
});
