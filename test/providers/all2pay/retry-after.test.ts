import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../../providers/retry-after.js';
import { playServer } from '../local-server.js';
import { ASKED, CARD_ORDER, never, NOW, ORDER_ID, providerAt, response, send } from './fixtures.js';

const waitOf = (status: number, value: string) =>
  retryAfterMs({ ...response(status, ''), headers: { 'retry-after': value } }, NOW);

describe('Retry-After', () => {
  it.each([
    [429, '7', 7_000],
    [503, ' 120 ', 120_000],
    [429, 'Tue, 03 Feb 2026 10:00:30 GMT', 30_000],
    [429, '86400', 3_600_000],
    [429, 'Wed, 04 Feb 2099 10:00:00 GMT', 3_600_000],
  ])('%i "%s" asks for %i ms', (status, value, ms) => expect(waitOf(status, value)).toBe(ms));

  it.each([
    [200, '7'],
    [500, '7'],
    [429, ''],
    [429, '0'],
    [429, '-5'],
    [429, 'soon'],
    [429, 'Tue, 03 Feb 2026 09:59:00 GMT'],
    [429, '99999999999999999999'],
  ])('%i "%s" asks for nothing', (status, value) => expect(waitOf(status, value)).toBeUndefined());
});

it('stands on the unknown answer to every call; a money call stays unknown', async () => {
  const { origin } = await playServer(() => ({ status: 429, headers: { 'retry-after': '9' } }));
  const provider = providerAt(origin, { balancePath: 'b.do' });
  const asked = { kind: 'unknown', retryAfterMs: 9_000 };
  const money = await send(provider, CARD_ORDER);
  expect(money).toMatchObject(asked);
  expect(money).not.toHaveProperty('suspected');
  const query = { orderId: ORDER_ID, amount: CARD_ORDER.amount, ...ASKED };
  expect(await provider.status(query, never)).toMatchObject(asked);
  if ('lacking' in provider.cards || 'lacking' in provider.balance) throw new Error('Something is lacking');
  const card = { number: '2200000000000004' };
  const store = { orderId: ORDER_ID, purpose: 'destination', ownerId: 'c', card } as const;
  expect(await provider.cards.store(store, never)).toMatchObject(asked);
  expect(await provider.cards.status({ ...store, ...ASKED }, never)).toMatchObject(asked);
  expect(await provider.balance.read(never)).toMatchObject(asked);
});
