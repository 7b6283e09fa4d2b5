import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { requestFromFlags } from '../../cli/create-input.js';
import { CARD, recordingIo, run } from './cli-fixture.js';
import { ok, useGatewayStub } from './gateway-stub.js';

const gateway = useGatewayStub();
const { payouts, folder } = gateway;

const account = (name: string) => ({
  account: name,
  provider: 'all2pay',
  currencies: ['RUB'],
  capabilities: [],
});
const lacking = {
  status: 501,
  body: { type: 'urn:payout-engine:problem:lacking', detail: 'Nobody documents it. Look at the portal.' },
};
const LIST = { '/v1/accounts': ok({ items: [account('acme-a2p'), account('b')] }) };

describe('ping', () => {
  beforeEach(() => {
    gateway.answers = {
      ...LIST,
      '/v1/accounts/acme-a2p/ping': ok({ account: 'acme-a2p', ok: true, words: 'answers in 12 ms' }),
      '/v1/accounts/b/ping': ok({ account: 'b', ok: false, words: 'refuses our password' }),
    };
  });

  it('asks every account; exit code 0 only if all answer', async () => {
    const { code, out, err } = await payouts('ping');
    expect([code, err]).toEqual([1, '']);
    expect(out.split('\n')).toEqual([
      '   ACCOUNT   PROVIDER  ANSWER',
      '✔  acme-a2p  all2pay   answers in 12 ms',
      '✖  b         all2pay   refuses our password',
      '',
    ]);
  });

  it('asks one account alone, and answers programs with one object', async () => {
    const { code, out } = await payouts('ping', 'acme-a2p', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      items: [{ account: 'acme-a2p', provider: 'all2pay', ok: true, words: 'answers in 12 ms' }],
    });
    expect(gateway.asked).not.toContain('GET /v1/accounts/b/ping');
  });

  it('names the accounts when there is no such one', async () => {
    expect(await payouts('ping', 'acme')).toMatchObject({
      code: 1,
      err: 'payouts: there is no account acme that this API key may use. It may use: acme-a2p, b.\n',
    });
  });

  it('tells of an account without a worker, and asks the others all the same', async () => {
    gateway.answers['/v1/accounts/b/ping'] = { status: 503, body: { detail: 'No worker answered in time.' } };
    const { code, out } = await payouts('ping');
    expect(code).toBe(1);
    expect(out).toContain('✔  acme-a2p');
    expect(out).toContain('✖  b         all2pay   No worker answered in time.');
  });
});

describe('balance', () => {
  const told = ok({
    account: 'acme-a2p',
    balances: [
      { currency: 'RUB', availableMinor: 12_345_678, reservedMinor: 500 },
      { currency: 'USD', availableMinor: -5 },
    ],
    at: '2026-07-01T09:00:00.000Z',
  });

  it('shows what there is, and in words what there is not', async () => {
    gateway.answers = { ...LIST, '/v1/accounts/acme-a2p/balance': told, '/v1/accounts/b/balance': lacking };
    const { code, out } = await payouts('balance');
    expect(code).toBe(0);
    const lines = out.split('\n').map((line) => line.replace(/ {2,}/g, ' | '));
    expect(lines[1]).toMatch(/^acme-a2p \| all2pay \| 123[^|]*456\.78 RUB \| 5\.00 RUB$/);
    expect(lines[2]).toMatch(/^acme-a2p \| all2pay \| -0\.05 USD$/);
    expect(lines[3]).toBe('b | all2pay | Nobody documents it. Look at the portal.');
  });

  it('is one line and exit code 4 where the one account has no such thing', async () => {
    gateway.answers = { ...LIST, '/v1/accounts/b/balance': lacking };
    expect(await payouts('balance', 'b')).toEqual({
      code: 4,
      out: '',
      err: 'payouts: Nobody documents it. Look at the portal.\n',
    });
    const json = await payouts('balance', 'b', '--json');
    expect([json.code, JSON.parse(json.out)]).toEqual([
      4,
      { items: [{ account: 'b', provider: 'all2pay', lacking: 'Nobody documents it. Look at the portal.' }] },
    ]);
  });

  it('is exit code 1 where a provider gave no answer', async () => {
    const silent = { type: 'urn:payout-engine:problem:no-answer', detail: 'timeout: No answer in 10 s' };
    gateway.answers = {
      ...LIST,
      '/v1/accounts/acme-a2p/balance': told,
      '/v1/accounts/b/balance': { status: 502, body: silent },
    };
    expect((await payouts('balance')).code).toBe(1);
    expect(await payouts('balance', 'b')).toMatchObject({
      code: 1,
      err: 'payouts: timeout: No answer in 10 s\n',
    });
  });
});

const card = {
  merchant: 'acme',
  storedCardId: 'card-77',
  account: 'acme-a2p',
  provider: 'all2pay',
  purpose: 'source',
  ownerId: 'client-9',
  orderId: 'sc1',
  masked: '220000******0004',
  status: 'action_required',
  version: 2,
  action: { type: 'redirect', url: 'https://bank.example/acs' },
  createdAt: '2026-07-01T09:00:00.000Z',
  updatedAt: '2026-07-01T09:00:02.000Z',
};

describe('stored-cards', () => {
  it('are listed for people and for programs', async () => {
    gateway.answers = { '/v1/stored-cards': ok({ items: [card], nextCursor: 'next' }) };
    const { code, out } = await payouts('stored-cards', 'list', '--merchant', 'acme', '--purpose', 'source');
    expect(code).toBe(0);
    expect(out).toContain(
      '2026-07-01 09:00:00  acme/card-77  ! action_required  220000******0004  source   acme-a2p  client-9',
    );
    expect(out).toContain('https://bank.example/acs\nMore: --cursor next\n');
    expect(gateway.asked).toEqual(['GET /v1/stored-cards?limit=50&merchant=acme&purpose=source']);
    const json = await payouts('stored-cards', 'list', '--json');
    expect(JSON.parse(json.out)).toMatchObject({ items: [{ storedCardId: 'card-77' }], nextCursor: 'next' });
  });

  it('that are none are said to be none', async () => {
    gateway.answers = { '/v1/stored-cards': ok({ items: [] }) };
    expect((await payouts('stored-cards', 'list')).out).toBe('No stored cards.\n');
  });

  it('are shown and taken out of use', async () => {
    const removed = {
      ...card,
      status: 'removed',
      action: undefined,
      reason: { code: 'removed', message: 'left' },
    };
    gateway.answers = { '/v1/stored-cards/card-77': ok(removed) };
    const shown = await payouts('stored-cards', 'get', 'card-77', '--merchant', 'acme');
    expect(shown.out).toContain('acme/card-77\n  status       – removed\n  why          removed: left\n');
    const gone = await payouts('stored-cards', 'remove', 'card-77', '--merchant', 'acme', '--reason', 'left');
    expect([gone.code, gateway.asked.at(-1)]).toEqual([
      0,
      'DELETE /v1/stored-cards/card-77?merchant=acme&reason=left',
    ]);
  });
});

describe('stored-cards add', () => {
  const flags = ['--merchant', 'acme', '--account', 'a', '--owner-id', 'o', '--card-number-stdin'];
  const add = (argv: readonly string[], stdin: string) =>
    run(['stored-cards', 'add', 'card-77', ...argv, '--data-dir', folder], { stdin });

  it('takes number and CVV from stdin, and repeats neither', async () => {
    const wrong = CARD.replace(/4$/, '5');
    const { code, err } = await add([...flags, '--purpose', 'source'], `${wrong}\n98765\n`);
    expect(code).toBe(2);
    expect(err).toContain('payouts: the card number: fails the check digit (Luhn)');
    expect(err).toContain('payouts: the CVV: is not a CVV of three or four digits');
    expect(err).not.toMatch(new RegExp(`${wrong}|98765`));
  });

  it('tells every bad option by its name', async () => {
    const { code, err } = await run(
      ['stored-cards', 'add', '--card-number-stdin', '--expiry', '13/2030', '--failure-url', 'x'],
      { stdin: CARD },
    );
    expect(code).toBe(2);
    const told = err.split('\n').map((line) => line.split(':')[1]?.trim());
    for (const name of [
      '--merchant',
      'the stored card id',
      '--account',
      '--purpose',
      '--owner-id',
      '--expiry',
      '--return-url',
      '--failure-url',
    ])
      expect(told).toContain(name);
    expect((await add([...flags, '--expiry', '2030'], CARD)).err).toContain('Write it as 12/2030');
  });

  it('reads the whole request as JSON, from a file or stdin', async () => {
    const text = JSON.stringify({ card: { number: CARD, cvv: '98765' }, purpose: 'source' });
    const path = join(folder, 'card.json');
    writeFileSync(path, text);
    for (const [input, stdin] of [
      ['-', text],
      [path, ''],
    ] as const) {
      const { code, err } = await run(['stored-cards', 'add', '--json-input', input], { stdin });
      expect(code).toBe(2);
      expect(err).toContain('payouts: card.cvv: is not a CVV of three or four digits.');
      expect(err).not.toMatch(new RegExp(`${CARD}|98765`));
    }
  });

  it('asks on a terminal alone', async () => {
    const { err } = await add(flags.slice(0, -1), '');
    expect(err).toContain('there is no terminal to ask on. Give it by --card-number-stdin');
  });

  it.each([['--cvv', '123'], ['--cvv=123'], ['--cvc2', '123'], ['--CVC=123']])(
    'refuses a CVV on the command line: %s',
    async (...argv) => {
      const { code, err } = await add(argv, '');
      expect(code).toBe(2);
      expect(err).toContain('a CVV stands on the command line');
      expect(err).not.toContain('123');
    },
  );

  it('looks for the engine once the request is good', async () => {
    const { code, err } = await add([...flags, '--purpose', 'destination'], CARD);
    expect([code, err.includes('no engine found')]).toEqual([3, true]);
  });
});

describe('create --source-card', () => {
  it('takes the money from a stored card', async () => {
    const values = {
      merchant: 'acme',
      payoutId: 'P-1',
      account: 'a',
      amount: '100',
      currency: 'RUB',
      storedCardId: 'card-77',
      sourceCard: 'payer-1',
    };
    const request = await requestFromFlags(recordingIo().io, { values, cardNumberStdin: false });
    expect(request).toMatchObject({
      destination: { type: 'stored_card', storedCardId: 'card-77' },
      source: { type: 'stored_card', storedCardId: 'payer-1' },
    });
    expect((await run(['create', '--help'])).out).toContain('--source-card <');
  });
});

describe('statement and registry', () => {
  const movement = {
    id: '90017',
    at: '2026-07-01T10:15:00.000Z',
    direction: 'out',
    minor: 15_000,
    currency: 'EUR',
    comment: '=payout po-1',
    orderId: 'po-1',
  };
  const order = {
    orderId: 'po-1',
    createdAt: '2026-07-01T10:14:02.000Z',
    minor: 15_000,
    currency: 'EUR',
    outcome: 'unknown',
    providerStatus: 'ODD',
    feeMinor: 150,
  };
  const span = ['--from', '2026-07-01T00:00:00Z', '--to', '2026-07-02T00:00:00Z'];

  beforeEach(() => {
    gateway.answers = {
      '/v1/accounts/acme-8b/statement': ok({ account: 'acme-8b', items: [movement] }),
      '/v1/accounts/acme-8b/registry': ok({ account: 'acme-8b', items: [order] }),
      '/v1/accounts/b/statement': ok({ account: 'b', items: [] }),
      '/v1/accounts/c/registry': lacking,
    };
  });

  it('are tables for people, of the last day when no time is said', async () => {
    const { code, out, err } = await payouts('statement', 'acme-8b');
    expect([code, err]).toEqual([0, '']);
    expect(out.split('\n')).toEqual([
      'TIME                 ID     IN         OUT  ORDER',
      '2026-07-01 10:15:00  90017      150.00 EUR  po-1   =payout po-1',
      '',
    ]);
    const query = new URL(`http://gateway${gateway.asked[0]?.split(' ')[1]}`).searchParams;
    const [from, to] = [query.get('from') ?? '', query.get('to') ?? ''];
    expect(Date.parse(to) - Date.parse(from)).toBe(86_400_000);
    const registry = await payouts('registry', 'acme-8b', ...span);
    expect(registry.out).toContain('ODD');
    expect(registry.out).toContain('1.50 EUR');
  });

  it('are CSV for a spreadsheet, which takes nothing in it for a formula', async () => {
    const { code, out } = await payouts('statement', 'acme-8b', ...span, '--csv');
    expect(code).toBe(0);
    expect(out.split('\r\n')).toEqual([
      'id,at,direction,minor,currency,orderId,comment',
      "90017,2026-07-01T10:15:00.000Z,out,15000,EUR,po-1,'=payout po-1",
      '',
    ]);
  });

  it('are JSON for programs', async () => {
    const { out } = await payouts('registry', 'acme-8b', ...span, '--json');
    expect(JSON.parse(out)).toEqual({ account: 'acme-8b', items: [order] });
  });

  it('say that there is nothing, and that the provider cannot', async () => {
    expect((await payouts('statement', 'b')).out).toBe('Nothing in that time.\n');
    const { code, err } = await payouts('registry', 'c');
    expect(code).toBe(4);
    expect(err).toContain('Nobody documents it');
  });
});

describe('lists as CSV', () => {
  const times = { createdAt: '2026-07-01T09:00:00.000Z', updatedAt: '2026-07-01T09:00:01.000Z' };
  const one = {
    ...{ ...times, merchant: 'acme', account: 'acme-a2p', provider: 'all2pay', version: 3 },
    amount: { minor: 10_050, currency: 'RUB' },
    reason: { code: 'declined', message: '=1+1, said the bank' },
  };
  const paidOut = { ...one, payoutId: 'P-1', orderId: 'po-1', destination: 'card', status: 'declined' };

  it('hold all pages under one header, and nothing that a spreadsheet takes for a formula', async () => {
    gateway.answers = {
      '/v1/payouts': ok({ items: [paidOut], nextCursor: 'c2' }),
      '/v1/payouts#c2': ok({ items: [{ ...paidOut, payoutId: 'P-2', reason: undefined }] }),
    };
    const { code, out } = await payouts('list', '--status', 'declined', '--csv');
    expect(code).toBe(0);
    expect(out.split('\r\n')).toEqual([
      'createdAt,updatedAt,merchant,payoutId,account,provider,orderId,status,minor,currency,feeMinor,destination,cardFingerprint,reference,batch,reason,message',
      `${times.createdAt},${times.updatedAt},acme,P-1,acme-a2p,all2pay,po-1,declined,10050,RUB,,card,,,,declined,"'=1+1, said the bank"`,
      `${times.createdAt},${times.updatedAt},acme,P-2,acme-a2p,all2pay,po-1,declined,10050,RUB,,card,,,,,`,
      '',
    ]);
    expect(gateway.asked).toEqual([
      'GET /v1/payouts?limit=200&status=declined',
      'GET /v1/payouts?limit=200&status=declined&cursor=c2',
    ]);
  });

  it('of stored cards, of payments and of balances', async () => {
    const card = {
      storedCardId: 'c-1',
      purpose: 'source',
      ownerId: 'vera',
      orderId: 'sc1',
      status: 'active',
    };
    const payment = {
      ...{ paymentId: 'o-1', orderId: 'pm1', purpose: 'payment', status: 'succeeded' },
      ...{ refundedMinor: 500, transactions: [], operations: [] },
    };
    gateway.answers = {
      ...LIST,
      '/v1/stored-cards': ok({ items: [{ ...one, ...card, masked: '220000******0004', reason: undefined }] }),
      '/v1/payments': ok({ items: [{ ...one, ...payment, reason: undefined }] }),
      '/v1/accounts/acme-a2p/balance': ok({
        account: 'acme-a2p',
        balances: [{ currency: 'RUB', availableMinor: 100 }],
        at: times.updatedAt,
      }),
      '/v1/accounts/b/balance': lacking,
    };
    const linesOf = async (...argv: string[]): Promise<string[]> =>
      (await payouts(...argv)).out.split('\r\n');
    expect((await linesOf('stored-cards', 'list', '--csv'))[1]).toBe(
      `${times.createdAt},${times.updatedAt},acme,c-1,acme-a2p,all2pay,source,vera,220000******0004,active,,,`,
    );
    expect((await linesOf('payments', 'list', '--csv'))[1]).toBe(
      `${times.createdAt},${times.updatedAt},acme,o-1,acme-a2p,all2pay,pm1,payment,succeeded,10050,RUB,500,,`,
    );
    expect((await linesOf('balance', '--csv')).slice(1)).toEqual([
      'acme-a2p,all2pay,RUB,100,,',
      'b,all2pay,,,,Nobody documents it. Look at the portal.',
      '',
    ]);
  });
});
