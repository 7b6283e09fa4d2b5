import { describe, expect, it } from 'vitest';
import { ageOf } from '../../cli/review/age.js';
import { commandName } from '../../cli/command-name.js';
import type { Evidence } from '../../schemas/review.js';
import { payout } from './cli-fixture.js';
import { ok, useGatewayStub } from './gateway-stub.js';

const gateway = useGatewayStub();
const review = (...argv: string[]) => gateway.payouts('review', ...argv);

const SINCE = '2026-07-01T09:15:00.000Z';
const WAITING = payout({
  status: 'in_review',
  reason: { code: 'no_final_answer', message: 'Still processing\nat the end' },
});
const EVIDENCE: Evidence = {
  payout: WAITING,
  since: SINCE,
  attempts: [
    {
      number: 1,
      step: 'execute',
      sentAt: '2026-07-01T09:00:00.100Z',
      answeredAt: '2026-07-01T09:00:10.100Z',
      answer: { kind: 'unknown', code: 'timeout', message: 'No answer in 10 s' },
      notFoundAnswers: 5,
    },
    { number: 2, step: 'execute', sentAt: '2026-07-01T09:01:00.000Z', notFoundAnswers: 0 },
  ],
  callbacks: [{ id: '7', receivedAt: '2026-07-01T09:02:00.000Z', state: 'delivered' }],
  notes: [{ sequence: 9, at: SINCE, type: 'status', from: 'processing', to: 'in_review', actor: 'engine' }],
  provider: { kind: 'told', at: '2026-07-01T10:00:00.000Z', told: { kind: 'not_found' } },
};

describe('payouts review', () => {
  it('is a table, the longest waiting first as the gateway has it', async () => {
    gateway.answers = {
      '/v1/reviews': ok({ items: [{ since: SINCE, payout: WAITING }], nextCursor: 'next' }),
    };
    const { code, out } = await review('--account', 'acme-a2p');
    expect(code).toBe(0);
    expect(gateway.asked).toEqual(['GET /v1/reviews?limit=50&account=acme-a2p']);
    const [head, row, more] = out.trimEnd().split('\n');
    expect(head).toMatch(/^SINCE +AGE +PAYOUT +ACCOUNT +AMOUNT +ORDER ID +REASON$/);
    expect(row).toContain('2026-07-01 09:15:00');
    expect(row).toContain(
      'acme/P-001  acme-a2p  100.50 RUB  o-1       no_final_answer: Still processing at the end',
    );
    expect(more).toBe('More: --cursor next');
  });

  it('says so where nothing waits, and exports for a spreadsheet', async () => {
    gateway.answers = { '/v1/reviews': ok({ items: [] }) };
    expect((await review()).out).toBe('Nothing waits for a person.\n');
    gateway.answers = { '/v1/reviews': ok({ items: [{ since: SINCE, payout: WAITING }] }) };
    const [head, row] = (await review('--csv')).out.split('\r\n');
    expect(head).toBe(
      'since,merchant,payoutId,account,provider,orderId,minor,currency,destination,reason,message,createdAt',
    );
    expect(row).toMatch(/^2026-07-01T09:15:00.000Z,acme,P-001,acme-a2p,all2pay,o-1,10050,RUB,/);
  });

  it('needs the merchant of a payout', async () => {
    const { code, err } = await review('P-001');
    expect(code).toBe(2);
    expect(err).toContain('--merchant: say whose payout it is.');
  });
});

describe('payouts review <payout>', () => {
  it('is one screen: what was sent, what came back, what the provider says, what to decide', async () => {
    gateway.answers = { '/v1/payouts/P-001/evidence': ok(EVIDENCE) };
    const { code, out } = await review('P-001', '--merchant', 'acme');
    expect(code).toBe(0);
    expect(gateway.asked).toEqual(['GET /v1/payouts/P-001/evidence?merchant=acme&ask=true']);
    expect(out.split('\n').length).toBeLessThan(40);
    for (const line of [
      '  2026-07-01T09:00:00.100Z  execute (request 1) → 2026-07-01T09:00:10.100Z: unknown (timeout) No answer in 10 s; ' +
        'since then "not found" 5 times in a row',
      '  2026-07-01T09:01:00.000Z  execute (request 2) → no answer',
      '  2026-07-01T09:02:00.000Z  callback 7, delivered: a hint',
      '  2026-07-01T10:00:00.000Z  not_found',
      `  ${commandName()} resolve P-001 --merchant acme --verdict paid --reason "…"`,
      `  ${commandName()} resolve P-001 --merchant acme --verdict not_paid --reason "…"`,
      `  ${commandName()} resolve P-001 --merchant acme --verdict ask_again --reason "…"`,
    ])
      expect(out.split('\n')).toContain(line);
  });

  it('does not ask the provider if told not to, and says when it could not be asked', async () => {
    const { provider: _, ...without } = EVIDENCE;
    gateway.answers = { '/v1/payouts/P-001/evidence': ok(without) };
    expect((await review('P-001', '--merchant', 'acme', '--no-ask')).out).toContain('was not asked');
    expect(gateway.asked).toEqual(['GET /v1/payouts/P-001/evidence?merchant=acme']);
    const provider = { kind: 'not_reached', at: SINCE, why: 'No worker answered' };
    gateway.answers = { '/v1/payouts/P-001/evidence': ok({ ...EVIDENCE, provider }) };
    expect((await review('P-001', '--merchant', 'acme')).out).toContain(
      'could not be asked: No worker answered',
    );
  });
});

it('an age is in the largest unit that fits', () => {
  const now = Date.parse('2026-07-03T00:00:00Z');
  const ages = [
    '2026-07-02T23:59:59.500Z',
    '2026-07-02T23:43:00Z',
    '2026-07-02T21:00:00Z',
    '2026-06-30T00:00:00Z',
  ];
  expect(ages.map((at) => ageOf(at, now))).toEqual(['0 s', '17 min', '3 h', '3 d']);
});
