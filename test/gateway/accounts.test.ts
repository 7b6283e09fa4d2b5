import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CapabilityLackingError, EngineUnavailableError, PayoutInvalidError } from '../../client/errors.js';
import { stopStopwatch } from '../support/stop-clock.js';
import { startGateway, type Harness } from './harness.js';

let gateway: Harness;
beforeAll(async () => {
  gateway = await startGateway({ mayUse: (merchant, account) => merchant === 'shop' || account === 'main' });
});
afterAll(() => gateway.close());
beforeEach(() => {
  gateway.world.pinged.length = 0;
});

const ask = (path: string, key = gateway.keys.operator) => gateway.ask('GET', `/v1/accounts${path}`, { key });
type Listed = { account: string; capabilities: { name: string; available: boolean; words: string }[] }[];
const listed = async (key: string) => (await ask('', key)).json['items'] as Listed;

describe('the list of accounts', () => {
  it('has those that the key may use', async () => {
    const names = async (key: string) => (await listed(key)).map(({ account }) => account);
    expect(await names(gateway.keys.operator)).toEqual(['main', 'other']);
    expect(await names(gateway.keys.a)).toEqual(['main', 'other']);
    expect(await names(gateway.keys.b)).toEqual(['main']);
  });

  it('says in words what each can do and what it cannot', async () => {
    const [main, other] = await listed(gateway.keys.operator);
    const said = Object.fromEntries((main?.capabilities ?? []).map(({ name, ...rest }) => [name, rest]));
    expect(said).toEqual({
      pay_to: { available: true, words: 'card, phone, hosted_page' },
      pay_from: {
        available: false,
        words: "Only the account's own funds: the provider takes no payer's card.",
      },
      callbacks: { available: true, words: 'They prove their result by themselves.' },
      store_cards: { available: true, words: 'As destination.' },
      balance: { available: false, words: 'the fake provider has no balance' },
      statement: { available: false, words: 'the fake provider has no statement' },
      registry: { available: false, words: 'the fake provider has no registry' },
    });
    expect(other?.capabilities).toContainEqual({
      name: 'store_cards',
      available: false,
      words: 'the fake provider stores no cards',
    });
  });
});

describe('ping', () => {
  it('asks the provider once, however many ask within a few seconds', async () => {
    stopStopwatch();
    const answers = await Promise.all([ask('/main/ping'), ask('/main/ping', gateway.keys.b)]);
    for (const { json } of answers) expect(json).toEqual({ account: 'main', ok: true, words: 'here' });
    await ask('/main/ping');
    expect(gateway.world.pinged).toEqual(['main']);
  });

  it('does not remember that nobody answered', async () => {
    const good = gateway.world.accounts;
    gateway.world.accounts = { ...good, ping: () => Promise.reject(new EngineUnavailableError('No worker')) };
    expect((await ask('/other/ping')).status).toBe(503);
    gateway.world.accounts = good;
    expect((await ask('/other/ping')).status).toBe(200);
  });

  it('knows nothing of accounts that the key may not use', async () => {
    for (const [account, key] of [
      ['other', gateway.keys.b],
      ['nobody', gateway.keys.operator],
    ] as const)
      expect((await ask(`/${account}/ping`, key)).status).toBe(404);
    expect((await ask('/MAIN!/ping')).status).toBe(422);
    expect(gateway.world.pinged).toEqual([]);
  });
});

describe('balance', () => {
  const answering = (balance: Harness['world']['accounts']['balance']) => {
    gateway.world.accounts = { ...gateway.world.accounts, balance };
  };

  it('is told to operators alone, in minor units', async () => {
    const at = '2026-07-01T09:00:00.000Z';
    answering(() =>
      Promise.resolve({
        kind: 'answered',
        balances: [{ currency: 'RUB', availableMinor: 12_345_678, reservedMinor: 500 }],
        at,
      }),
    );
    expect((await ask('/main/balance')).json).toEqual({
      account: 'main',
      balances: [{ currency: 'RUB', availableMinor: 12_345_678, reservedMinor: 500 }],
      at,
    });
    expect((await ask('/main/balance', gateway.keys.a)).status).toBe(403);
  });

  it("is a provider's words where it cannot tell, never an empty answer", async () => {
    answering(() => Promise.reject(new CapabilityLackingError('Nobody documents it. Look at the portal.')));
    const answer = await ask('/main/balance');
    expect([answer.status, answer.headers.get('content-type'), answer.json['detail']]).toEqual([
      501,
      'application/problem+json; charset=utf-8',
      'Nobody documents it. Look at the portal.',
    ]);
  });

  it('says that the provider gave no answer', async () => {
    answering(() => Promise.resolve({ kind: 'unknown', code: 'timeout', message: 'No answer in 10 s' }));
    const answer = await ask('/main/balance');
    expect([answer.status, answer.json['type'], answer.json['detail']]).toEqual([
      502,
      'urn:payout-engine:problem:no-answer',
      'timeout: No answer in 10 s',
    ]);
  });
});

describe.each(['statement', 'registry'] as const)('%s', (list) => {
  const span = { from: '2026-07-01T00:00:00.000Z', to: '2026-07-02T00:00:00.000Z' };
  const query = (from: string, to: string) =>
    `?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`;
  const answering = (answer: (account: string, asked: object) => Promise<never>) => {
    gateway.world.accounts = { ...gateway.world.accounts, [list]: answer };
  };

  it('gives the lines of the time that was asked for', async () => {
    const line = {
      statement: { id: '9', at: span.from, direction: 'out', minor: 15_000, currency: 'EUR' },
      registry: {
        orderId: 'po-1',
        createdAt: span.from,
        minor: 15_000,
        currency: 'EUR',
        outcome: 'paid',
        providerStatus: 'PAID',
      },
    }[list];
    answering((account, asked) => {
      expect({ account, asked }).toEqual({ account: 'main', asked: span });
      return Promise.resolve({ kind: 'answered', lines: [line] } as never);
    });
    const { status, json } = await ask(`/main/${list}${query('2026-07-01T02:00:00+02:00', span.to)}`);
    expect({ status, json }).toEqual({ status: 200, json: { account: 'main', items: [line] } });
  });

  it('is for operators', async () => {
    expect((await ask(`/main/${list}${query(span.from, span.to)}`, gateway.keys.a)).status).toBe(403);
  });

  it.each([
    ['nothing', '', { field: 'from', problem: 'is missing' }],
    ['no times', query('yesterday', 'today'), { field: 'from', problem: 'is not a time' }],
    ['an end before the start', query(span.to, span.from), { field: 'to', problem: 'is not after from' }],
  ])('refuses %s, in words', async (_what, asked, problem) => {
    const { status, json } = await ask(`/main/${list}${asked}`);
    expect(status).toBe(422);
    expect(json['problems']).toContainEqual(expect.objectContaining(problem));
  });

  it('says that the provider cannot, that it was silent, and that it is too much', async () => {
    const at = `/main/${list}${query(span.from, span.to)}`;
    answering(() => Promise.reject(new CapabilityLackingError('it has no such list')));
    expect(await ask(at)).toMatchObject({ status: 501, json: { detail: 'it has no such list' } });
    answering(() => Promise.resolve({ kind: 'unknown', code: 'timeout', message: 'no answer' } as never));
    expect((await ask(at)).status).toBe(502);
    const remedy = 'Ask for a shorter time.';
    answering(() =>
      Promise.reject(new PayoutInvalidError([{ field: 'to', problem: 'is too much', remedy }])),
    );
    expect((await ask(at)).status).toBe(422);
  });
});
