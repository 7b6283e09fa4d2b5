import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isIn, readPart } from '../../chaos/crash-points/part.js';
import { chanceOf, weighted } from '../../chaos/plan/chance.js';
import { obligationsOf, paymentsOf } from '../../chaos/plan/obligations.js';
import { orderNamed } from '../../chaos/plan/order-names.js';
import { callbackFate, requestFate } from '../../chaos/plan/fates.js';
import { scheduleOf } from '../../chaos/plan/schedule.js';
import { coverageOf } from '../../chaos/plan/stop-scopes.js';
import type { StopScope } from '../../domain/stop.js';
import { parsePayoutRequest } from '../../schemas/payout-request.js';

it('plays the same for the same seed, and something else for another', () => {
  const planOf = (seed: number) => {
    const chance = chanceOf(seed);
    return [
      obligationsOf(chance, seed, 50, 10_000),
      paymentsOf(chance, seed, 50, 10_000),
      scheduleOf(chance, 60_000, 2_500),
      requestFate(chance, 'c1x1', 1),
      callbackFate(chance, 'c1x1', 1),
    ];
  };
  expect(planOf(7)).toEqual(planOf(7));
  expect(planOf(7)).not.toEqual(planOf(8));
});

it('asks for good payouts, no two of the same amount, and each found by its order in any message', () => {
  const obligations = obligationsOf(chanceOf(3), 3, 500, 60_000);
  for (const { request } of obligations) {
    expect(parsePayoutRequest(request)).toMatchObject({ ok: true });
    expect(orderNamed(`x=1&client_orderid=${request.orderId}&amount=1`)).toBe(request.orderId);
    const wrapped = Buffer.from(JSON.stringify({ reference: request.orderId })).toString('base64');
    expect(orderNamed(`/pay data=${encodeURIComponent(wrapped)}`)).toBe(request.orderId);
  }
  const amounts = obligations.map(({ request: { amount } }) => `${amount.currency} ${amount.minor}`);
  expect(new Set(amounts).size).toBe(amounts.length);
});

it('plays every provider, every blow and every fate', () => {
  const chance = chanceOf(1);
  const accounts = new Set(obligationsOf(chance, 1, 300, 1_000).map(({ request }) => request.account));
  expect([...accounts].sort()).toEqual([
    '8b',
    '8b-again',
    'a2p-again',
    'a2p-hint',
    'pne',
    'pne-again',
    'pne-two',
  ]);
  const blows = new Set(scheduleOf(chance, 3_600_000, 2_500).map(({ blow }) => blow.kind));
  expect(blows.size).toBe(8);
  const scopes = new Set(
    scheduleOf(chance, 3_600_000, 2_500).flatMap(({ blow }) =>
      blow.kind === 'stop_button' ? [blow.scope.kind] : [],
    ),
  );
  expect([...scopes].sort()).toEqual(['account', 'all', 'merchant', 'provider']);
  const fates = new Set(Array.from({ length: 2_000 }, (_, i) => requestFate(chance, `c1x${i}`, 1)));
  expect(fates.size).toBe(8);
});

it('knows the orders that a stop holds', () => {
  const order = { merchant: 'acme', account: 'pne-two', orderId: 'c1x1' };
  const held = (scope: StopScope, name?: string) => coverageOf(scope, [order])(name);
  expect(held({ kind: 'all' })).toBe(true);
  expect(held({ kind: 'account', value: 'pne-two' }, 'c1x1')).toBe(true);
  expect(held({ kind: 'provider', value: 'payneteasy' }, 'c1x1')).toBe(true);
  expect(held({ kind: 'merchant', value: 'acme' }, 'c1x1')).toBe(true);
  expect(held({ kind: 'account', value: 'pne' }, 'c1x1')).toBe(false);
  expect(held({ kind: 'provider', value: 'all2pay' }, 'c1x1')).toBe(false);
  expect(held({ kind: 'merchant', value: 'bolt' }, 'c1x1')).toBe(false);
  expect(held({ kind: 'merchant', value: 'acme' }, 'c1x2')).toBe(false);
});

it('chooses by weight', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (roll) => {
      const choice = weighted(roll, [
        [1, 'a'],
        [0, 'never'],
        [3, 'b'],
      ]);
      return choice === (roll < 0.25 ? 'a' : 'b');
    }),
  );
});

it('parts a list so that all parts together are the list, each thing in one of them', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(200), (of, index) => {
      const parts = Array.from({ length: of }, (_, one) => readPart(`${one + 1}/${of}`));
      expect(parts.filter((part) => isIn(part, index))).toHaveLength(1);
    }),
  );
  for (const wrong of ['', '3', '0/3', '4/3', '1/0', '1/3/5', 'a/b', '-1/3'])
    expect(() => readPart(wrong)).toThrow('as in 2/3');
});
