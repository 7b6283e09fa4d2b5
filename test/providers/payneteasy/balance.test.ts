import { describe, expect, it } from 'vitest';
import type { BalanceAnswer } from '../../../domain/provider-answer.js';
import { isLacking } from '../../../providers/port.js';
import { playServer } from '../local-server.js';
import { formText, never, providerAt } from './fixtures.js';

const BANK = { of: 'provider', balanceProvider: 'main', currency: 'USD' };
const NAMED = {
  name: 'Main',
  amount: '1000.00',
  'online-balance-live-amount': '900.50',
  'total-short-term-hold-amount': '0.00',
  'total-rolling-reserve-amount': '0.00',
  currency: 'USD',
  merchantLogin: 'merchant1',
  'amount-buffer-hold': '99.50',
};

async function read(balance: object, body: unknown, status = 200, headers?: Record<string, string>) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const { origin, seen } = await playServer(() => ({ status, body: text, ...(headers && { headers }) }));
  const reading = providerAt(origin, { balance }).balance;
  if (isLacking(reading)) throw new Error(reading.lacking);
  const answer: BalanceAnswer = await reading.read(never);
  return { answer, seen: seen[0] };
}

it('is lacking in words where it is not configured', () => {
  const { balance } = providerAt('http://127.0.0.1:1');
  expect(isLacking(balance) && balance.lacking).toMatch(/support/);
});

describe('where it is asked for (§6.6)', () => {
  it.each([
    [BANK, '/paynet/api/v2/get-balance/39915', 'balance-provider=main'],
    [{ of: 'merchant' }, '/paynet/api/v2/get-balance/merchant/merchant1', ''],
    [{ of: 'manager', balanceName: 'M' }, '/paynet/api/v2/get-balance/manager/merchant1', 'balance-name=M'],
  ])('%o', async (balance, url, field) => {
    const { seen } = await read(balance, {});
    expect(seen).toMatchObject({ method: 'POST', url });
    expect(seen?.body).toContain(field);
    // The oauth fields stand in header and body, the signature in the header alone (§4.2).
    expect(seen?.body).toContain('oauth_signature_method=HMAC-SHA1');
    expect(seen?.body).not.toContain('oauth_signature=');
    expect(seen?.headers.authorization).toContain('oauth_signature="');
  });
});

describe('what it says', () => {
  const dollars = (availableMinor: number, reservedMinor?: number) => ({
    kind: 'answered',
    balances: [{ currency: 'USD', availableMinor, ...(reservedMinor !== undefined && { reservedMinor }) }],
    at: '2026-02-03T10:00:00.000Z',
  });

  it.each<[string, object, unknown, object]>([
    ['of one bank', BANK, { 'balance-amount': '1234.50' }, dollars(123_450)],
    ['of one bank, as a form', BANK, formText({ 'balance-amount': '1234.5' }), dollars(123_450)],
    ['of one bank, below zero', BANK, { 'balance-amount': '-3.00' }, dollars(-300)],
    ['of a merchant, one', { of: 'merchant' }, NAMED, dollars(90_050, 9_950)],
    ['of a merchant, one as a form', { of: 'merchant' }, formText(NAMED), dollars(90_050, 9_950)],
    ['of a merchant, in a list', { of: 'merchant' }, [NAMED], dollars(90_050, 9_950)],
    ['of a manager, in balances', { of: 'manager' }, { balances: [NAMED] }, dollars(90_050, 9_950)],
  ])('%s', async (_what, balance, body, expected) => {
    expect((await read(balance, body)).answer).toMatchObject(expected);
  });

  it.each<[string, object, unknown]>([
    ['nothing', BANK, ''],
    ['a page', BANK, '<html>'],
    ['no amount', BANK, { balance: '1' }],
    ['an amount that is none', BANK, { 'balance-amount': '1,5' }],
    ['an empty list', { of: 'merchant' }, []],
    ['one that cannot be read beside one that can', { of: 'merchant' }, [NAMED, { ...NAMED, currency: '?' }]],
    ['deep nesting', { of: 'merchant' }, '['.repeat(100_000)],
    ['null', { of: 'merchant' }, 'null'],
  ])('%s is unknown', async (_what, balance, body) => {
    expect((await read(balance, body)).answer).toMatchObject({ kind: 'unknown', code: 'unreadable_balance' });
  });

  it('a refusal is unknown, in its own words', async () => {
    const body = {
      type: 'error',
      'error-code': '9',
      'error-message': 'Balance is not enabled for merchant1',
    };
    expect((await read(BANK, body, 400)).answer).toEqual({
      kind: 'unknown',
      code: '9',
      message: 'Balance is not enabled for ***',
    });
    expect((await read(BANK, '', 403)).answer).toMatchObject({ kind: 'unknown', code: 'http_403' });
    expect((await read(BANK, '', 503, { 'retry-after': '7' })).answer).toMatchObject({ retryAfterMs: 7_000 });
  });
});
