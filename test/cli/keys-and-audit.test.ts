import { describe, expect, it } from 'vitest';
import { ok, useGatewayStub } from './gateway-stub.js';

const gateway = useGatewayStub();
const { payouts } = gateway;

const KEY = {
  id: '0123456789abcdef',
  name: 'anna',
  roles: ['operate', 'approve'],
  createdAt: '2026-07-01T09:00:00.000Z',
  lastUsedAt: '2026-07-02T11:00:00.000Z',
};

describe('api-key', () => {
  it('says whom a key acts for, by which roles, and until when', async () => {
    gateway.answers = { 'POST /v1/api-keys': { status: 201, body: { key: KEY, secret: 'payk_new' } } };
    const added = await payouts(
      ...['api-key', 'add', '--name', 'anna', '--role', 'operate', 'approve', '--all-merchants'],
      ...['--expires', '2030-01-01T00:00:00Z'],
    );
    expect(added.out).toBe(
      'payk_new\nShown this once. 0123456789abcdef  operate approve, all merchants    since 2026-07-01  ' +
        'used 2026-07-02 11:00  live  anna\n',
    );
    expect(gateway.bodies).toEqual([
      { name: 'anna', roles: ['operate', 'approve'], expiresAt: '2030-01-01T00:00:00Z' },
    ]);
  });

  it.each([
    [['--role', 'read'], 'say whom it acts for: --merchant <id>, or --all-merchants.'],
    [['--role', 'read', '--merchant', 'acme', '--all-merchants'], 'say whom it acts for'],
    [['--all-merchants'], "required option '--role <roles...>' not specified"],
    [['--role', 'operator', '--all-merchants'], 'Allowed choices are create, read, operate, approve, admin.'],
  ])('add %j is asked to say more', async (argv, words) => {
    const { code, err } = await payouts('api-key', 'add', '--name', 'x', ...argv);
    expect([code, err.includes(words)]).toEqual([2, true]);
    expect(gateway.asked).toEqual([]);
  });

  it('rotates, with a day of grace unless told otherwise', async () => {
    const key = { ...KEY, formerSecretUntil: '2090-07-02T09:00:00.000Z' };
    gateway.answers = { [`POST /v1/api-keys/${KEY.id}/rotate`]: ok({ key, secret: 'payk_next' }) };
    const { out } = await payouts('api-keys', 'rotate', KEY.id, '--reason', 'stood in a chat');
    expect(out).toContain('live, former secret until 2090-07-02 09:00');
    await payouts('api-key', 'rotate', KEY.id, '--grace-hours', '0');
    expect(gateway.bodies).toEqual([{ graceSecs: 86_400, reason: 'stood in a chat' }, { graceSecs: 0 }]);
  });

  it('lists what is over as over', async () => {
    const items = [
      { ...KEY, merchant: 'acme', expiresAt: '2020-01-01T00:00:00.000Z' },
      { ...KEY, revokedAt: '2026-08-01T00:00:00.000Z' },
    ];
    gateway.answers = { 'GET /v1/api-keys': ok({ items }) };
    const { out } = await payouts('api-key', 'list');
    expect(out).toMatch(/operate approve, acme .*expired 2020-01-01 {2}anna\n.*revoked 2026-08-01/);
  });
});

describe('audit', () => {
  const EVENT = {
    id: 'payout:acme/P-1/000000007',
    at: '2026-07-01T09:00:00.000Z',
    actor: 'key:0123456789abcdef anna',
    action: 'resolvePayout',
    merchant: 'acme',
    subject: 'payout P-1',
    reason: 'seen on\nthe statement',
    outcome: 'done',
  };

  it('tells who did what, a line each', async () => {
    gateway.answers = { 'GET /v1/audit': ok({ items: [EVENT], nextCursor: 'c2' }) };
    const { out } = await payouts('audit', '--actor', KEY.id, '--since', '2026-07-01T00:00:00Z');
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^AT +WHO +DID +OUTCOME +MERCHANT +ABOUT$/),
      '2026-07-01 09:00:00  key:0123456789abcdef anna  resolvePayout  done     acme      payout P-1: seen on the statement',
      'more: --cursor c2',
      '',
    ]);
    expect(gateway.asked[0]).toBe(
      'GET /v1/audit?limit=50&actor=0123456789abcdef&since=2026-07-01T00%3A00%3A00Z',
    );
  });

  it('goes into a spreadsheet whole', async () => {
    gateway.answers = {
      '/v1/audit#null': ok({ items: [EVENT], nextCursor: 'c2' }),
      '/v1/audit#c2': ok({ items: [{ ...EVENT, reason: '=1+1' }] }),
    };
    const { out } = await payouts('audit', '--csv');
    expect(out.split('\r\n')).toHaveLength(4);
    expect(out).toContain("'=1+1");
  });
});

describe('a command of a terminal that has a key', () => {
  const PAYOUT = {
    ...{ merchant: 'acme', payoutId: 'P-1', account: 'acme-a2p', provider: 'all2pay', orderId: 'o1' },
    ...{ amount: { minor: 10_050, currency: 'RUB' }, destination: 'card 220000******0004', version: 3 },
    ...{ status: 'cancelled', createdAt: '2026-07-01T09:00:00.000Z', updatedAt: '2026-07-01T09:00:01.000Z' },
  };
  const refused = (kind: string) => ({
    status: 409,
    body: { type: `urn:payout-engine:problem:${kind}`, detail: 'It is paid already', payout: PAYOUT },
  });

  it('goes through the gateway, where its roles hold', async () => {
    gateway.answers = { 'POST /v1/payouts/P-1/cancel': ok({ cancelled: true, payout: PAYOUT }) };
    const done = await payouts('cancel', 'P-1', '--merchant', 'acme', '--reason', 'ordered twice', '--json');
    expect([done.code, JSON.parse(done.out)]).toEqual([0, { cancelled: true, payout: PAYOUT }]);
    expect(gateway.bodies).toEqual([{ merchant: 'acme', reason: 'ordered twice' }]);
    gateway.answers = {
      'POST /v1/payouts/P-1/resolve': { status: 403, body: { detail: 'This needs the role approve' } },
    };
    const denied = await payouts(
      ...['resolve', 'P-1', '--merchant', 'acme', '--verdict', 'paid', '--reason', 'r'],
    );
    expect(denied).toMatchObject({ code: 1, err: 'payouts: This needs the role approve\n' });
  });

  it('is told the truth where it came to nothing', async () => {
    gateway.answers = {
      'POST /v1/payouts/P-1/cancel': refused('not-cancelled'),
      'POST /v1/payouts/P-1/resolve': refused('not-resolved'),
    };
    const about = ['P-1', '--merchant', 'acme', '--reason', 'r'];
    expect(await payouts('cancel', ...about)).toMatchObject({
      code: 1,
      err: 'payouts: not cancelled: It is paid already\n',
    });
    const resolved = await payouts('resolve', ...about, '--verdict', 'paid', '--json');
    expect([resolved.code, JSON.parse(resolved.out)]).toMatchObject([
      1,
      { resolved: false, why: 'It is paid already' },
    ]);
  });
});
