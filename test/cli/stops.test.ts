import { describe, expect, it } from 'vitest';
import { ok, useGatewayStub } from './gateway-stub.js';

const gateway = useGatewayStub();
const { payouts } = gateway;

const STOP = {
  id: '4',
  scope: { kind: 'account', value: 'acme-a2p' },
  reason: 'wrong amounts',
  actor: 'cli:olga',
  stoppedAt: '2026-07-01T09:00:00.000Z',
};
const LIFTED = {
  ...STOP,
  resumed: { at: '2026-07-01T10:00:00.000Z', actor: 'cli:anna', reason: 'corrected' },
};

describe('stop', () => {
  it('tells since when it holds, what it covers and how to lift it', async () => {
    const unfinished = { payouts: 12, payments: 0, storedCards: 1 };
    gateway.answers = {
      'POST /v1/stops': { status: 201, body: { stop: STOP, repeated: false, unfinished } },
    };
    const { code, out } = await payouts('stop', '--account', 'acme-a2p', '--reason', 'wrong amounts');
    expect(code).toBe(0);
    expect(out).toContain('Stopped: stop 4 of account acme-a2p\n');
    expect(out).toContain('2026-07-01 09:00:00 by cli:olga: wrong amounts');
    expect(out).toContain('later than 5 s after that');
    expect(out).toContain('12 unfinished payouts, 0 payments and 1 cards to be stored');
    expect(out).toContain('resume 4 --reason');
    expect([gateway.asked, gateway.bodies]).toEqual([
      ['POST /v1/stops'],
      [{ scope: STOP.scope, reason: 'wrong amounts' }],
    ]);
  });

  it.each([
    [['--provider', 'all2pay'], { kind: 'provider', value: 'all2pay' }],
    [['--merchant', 'acme'], { kind: 'merchant', value: 'acme' }],
    [['--all'], { kind: 'all' }],
  ])('of %j asks for that scope, and answers programs with one object', async (flags, scope) => {
    gateway.answers = { 'POST /v1/stops': ok({ stop: { ...STOP, scope }, repeated: true }) };
    const { code, out } = await payouts('stop', ...flags, '--reason', 'r', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ repeated: true, stop: { scope } });
    expect(gateway.bodies[0]).toEqual({ scope, reason: 'r' });
  });

  it.each([
    [['--reason', 'r'], 'say what to stop'],
    [['--all', '--merchant', 'acme', '--reason', 'r'], 'one at a time'],
    [['--all'], "required option '--reason <words>'"],
  ])('with %j asks nothing', async (flags, words) => {
    const { code, err } = await payouts('stop', ...flags);
    expect([code, gateway.asked]).toEqual([2, []]);
    expect(err).toContain(words);
  });

  it('repeats what the gateway says of a misspelt account', async () => {
    const problem = { field: 'scope.value', problem: 'is no account', remedy: 'Did you mean "acme-a2p"?' };
    gateway.answers = { 'POST /v1/stops': { status: 422, body: { problems: [problem] } } };
    const { code, err } = await payouts('stop', '--account', 'acme-a2', '--reason', 'r');
    expect(code).toBe(2);
    expect(err).toContain('Did you mean "acme-a2p"?');
  });
});

describe('resume', () => {
  it('lifts a stop by its id', async () => {
    gateway.answers = { 'POST /v1/stops/4/resume': ok({ stop: LIFTED, repeated: false }) };
    const { code, out } = await payouts('resume', '4', '--reason', 'corrected');
    expect(code).toBe(0);
    expect(out).toContain('Lifted: stop 4 of account acme-a2p\n');
    expect(out).toContain('2026-07-01 10:00:00 by cli:anna: corrected');
    expect([gateway.asked, gateway.bodies]).toEqual([['POST /v1/stops/4/resume'], [{ reason: 'corrected' }]]);
  });

  it('or by what was stopped', async () => {
    gateway.answers = {
      'GET /v1/stops': { status: 200, body: { items: [STOP] } },
      'POST /v1/stops/4/resume': { status: 200, body: { stop: LIFTED, repeated: false } },
    };
    expect((await payouts('resume', '--account', 'acme-a2p', '--reason', 'corrected')).code).toBe(0);
    const other = await payouts('resume', '--merchant', 'acme', '--reason', 'corrected');
    expect(other.code).toBe(1);
    expect(other.err).toContain('there is no stop of merchant acme');
  });

  it.each([[['--reason', 'r']], [['4', '--all', '--reason', 'r']]])('with %j asks nothing', async (flags) => {
    const { code, err } = await payouts('resume', ...flags);
    expect([code, gateway.asked]).toEqual([2, []]);
    expect(err).toContain('say which stop');
  });
});

it('stops lists what is stopped', async () => {
  gateway.answers = {
    'GET /v1/stops': { status: 200, body: { items: [STOP] } },
    'GET /v1/stops?all=true': { status: 200, body: { items: [LIFTED] } },
  };
  expect((await payouts('stops')).out.split('\n')).toEqual([
    'STOP  OF                SINCE',
    '4     account acme-a2p  2026-07-01 09:00:00 by cli:olga: wrong amounts',
    '',
  ]);
  expect((await payouts('stops', '--all')).out).toContain(
    'lifted 2026-07-01 10:00:00 by cli:anna: corrected',
  );
  gateway.answers = { 'GET /v1/stops': ok({ items: [] }) };
  expect((await payouts('stops')).out).toBe('Nothing is stopped.\n');
});
