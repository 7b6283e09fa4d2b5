import { describe, expect, it } from 'vitest';
import { isLacking } from '../../../providers/port.js';
import { playServer, type PlayedAnswer } from '../local-server.js';
import { never, NOW, providerAt } from './fixtures.js';

const PATH = 'sim-invented/getBalance.do';

async function read(played: PlayedAnswer, changes: object = {}) {
  const { origin, seen } = await playServer(() => played);
  const { balance } = providerAt(origin, { balancePath: PATH, ...changes });
  if (isLacking(balance)) throw new Error(balance.lacking);
  return { answer: await balance.read(never), seen };
}
const json = (body: unknown, status = 200): PlayedAnswer => ({ status, body: JSON.stringify(body) });

it('is lacking in words without a path: the document has none', () => {
  const { balance } = providerAt('http://127.0.0.1:1');
  expect(isLacking(balance) && balance.lacking).toMatch(/not documented by the provider.*balancePath/);
});

it('asks at the configured path, with the credentials in the body', async () => {
  const balances = [{ currency: '643', available: 123_456, reserved: 0 }];
  const { answer, seen } = await read(json({ errorCode: '0', balances }), { balancePath: `/${PATH}` });
  expect(answer).toEqual({
    kind: 'answered',
    balances: [{ currency: 'RUB', availableMinor: 123_456, reservedMinor: 0 }],
    at: new Date(NOW).toISOString(),
  });
  expect(seen).toMatchObject([{ method: 'POST', url: `/payouts/api/v2/${PATH}` }]);
  expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({ userName: 'acme-api', password: 'hunter2!' });
});

it('reads numbers as text, alphabetic codes, a debt, and no reserve', async () => {
  const balances = [
    { currency: 643, available: '-5' },
    { currency: 'USD', available: 1, reserved: null },
  ];
  expect((await read(json({ balances }))).answer).toMatchObject({
    balances: [
      { currency: 'RUB', availableMinor: -5, reservedMinor: undefined },
      { currency: 'USD', availableMinor: 1, reservedMinor: undefined },
    ],
  });
});

describe('says that it does not know', () => {
  it.each([
    ['an error', json({ errorCode: '99', errorMessage: 'No merchant settings available' }, 500), '99'],
    ['no JSON', { body: '<html>' }, 'unreadable_balance'],
    ['no balances', json({ errorCode: '0' }), 'unreadable_balance'],
    [
      'a balance with decimals',
      json({ balances: [{ currency: '643', available: '1.50' }] }),
      'unreadable_balance',
    ],
    ['an unknown currency', json({ balances: [{ currency: '000', available: 1 }] }), 'unreadable_balance'],
    ['another path', { status: 404 }, 'http_404'],
  ])('after %s', async (_what, played, code) => {
    expect((await read(played)).answer).toMatchObject({ kind: 'unknown', code });
  });
});
