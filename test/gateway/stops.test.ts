import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { byKeyOf, payoutBody, startGateway, until, type Harness } from './harness.js';

let gateway: Harness;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());
beforeEach(() => {
  Object.assign(gateway.world, { journalDown: false, temporal: 'up' });
});

const stop = (scope: unknown, key = gateway.keys.operator) =>
  gateway.ask('POST', '/v1/stops', { key, body: { scope, reason: 'wrong amounts' } });
const resume = (id: unknown) =>
  gateway.ask('POST', `/v1/stops/${String(id)}/resume`, {
    key: gateway.keys.operator,
    body: { reason: 'corrected' },
  });
const listed = async (query = '') =>
  (await gateway.ask('GET', `/v1/stops${query}`, { key: gateway.keys.operator })).json['items'];

it('stops and resumes, with who, when and why on record, also while Temporal is down', async () => {
  gateway.world.temporal = 'down';
  await gateway.ask('POST', '/v1/payouts', { key: gateway.keys.a, body: payoutBody('covered-1') });
  const scope = { kind: 'merchant', value: 'shop' };
  const made = await stop(scope);
  expect([made.status, made.json]).toMatchObject([
    201,
    {
      repeated: false,
      stop: { scope, reason: 'wrong amounts', actor: byKeyOf('olga') },
      unfinished: { payouts: 1, payments: 0, storedCards: 0 },
    },
  ]);
  const again = await stop(scope);
  expect([again.status, again.json]).toMatchObject([200, { repeated: true, stop: made.json['stop'] }]);
  expect(await listed()).toEqual([made.json['stop']]);

  const { id } = made.json['stop'] as { id: string };
  const lifted = await resume(id);
  expect([lifted.status, lifted.json]).toMatchObject([
    200,
    { repeated: false, stop: { id, resumed: { actor: byKeyOf('olga'), reason: 'corrected' } } },
  ]);
  expect((await resume(id)).json).toMatchObject({ repeated: true, stop: lifted.json['stop'] });
  expect(await listed()).toEqual([]);
  expect(await listed('?all=true')).toEqual([lifted.json['stop']]);
  expect((await resume('4711')).status).toBe(404);
  await until(() => gateway.world.log.some(({ message }) => message === 'stopped'));
});

it.each([
  [{ kind: 'account', value: 'mian' }, 'scope.value', 'Did you mean "main"?'],
  [{ kind: 'provider', value: 'fakr' }, 'scope.value', 'Did you mean "fake"?'],
  [{ kind: 'account' }, 'scope.value', 'Say which account'],
  [{ kind: 'all', value: 'main' }, 'scope.value', 'Leave it out'],
  [{ kind: 'acount', value: 'main' }, 'scope.kind', 'Give one of account'],
])('refuses to stop %j', async (scope, field, remedy) => {
  const answer = await stop(scope);
  expect(answer.status).toBe(422);
  expect(answer.json.problems).toEqual([
    expect.objectContaining({ field, remedy: expect.stringContaining(remedy) as string }),
  ]);
});

it('takes the names that are configured', async () => {
  for (const scope of [
    { kind: 'account', value: 'main' },
    { kind: 'provider', value: 'fake' },
    { kind: 'all' },
  ]) {
    const made = await stop(scope);
    expect(made.status).toBe(201);
    await resume((made.json['stop'] as { id: string }).id);
  }
});

it('is for operators alone, and says so when the journal is away', async () => {
  expect((await stop({ kind: 'all' }, gateway.keys.a)).status).toBe(403);
  expect((await gateway.ask('GET', '/v1/stops', { key: gateway.keys.b })).status).toBe(403);
  gateway.world.journalDown = true;
  expect((await stop({ kind: 'all' })).status).toBe(503);
});

it('asks for a reason', async () => {
  const answer = await gateway.ask('POST', '/v1/stops', {
    key: gateway.keys.operator,
    body: { scope: { kind: 'all' } },
  });
  expect([answer.status, answer.json.problems?.[0]?.field]).toEqual([422, 'reason']);
});
