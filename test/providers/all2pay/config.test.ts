import { describe, expect, it } from 'vitest';
import { all2payConfig } from '../../../providers/all2pay/config.js';
import { capabilitiesOf, limitsOf } from '../../../providers/all2pay/capabilities.js';
import { configOf, MINIMAL } from './fixtures.js';

it('the defaults are those of the document', () => {
  const limits = limitsOf(configOf());
  expect(limits).toMatchObject({
    orderIdRule: 'at most 32 of A-Z a-z 0-9 _ -',
    currencies: ['RUB'],
    minMinor: 1,
    maxMinor: 999_999_999_999,
    callTimeoutMs: 65_000,
    notFoundGraceMs: 900_000,
    resendAfterNotFound: 'manual',
  });
  expect(capabilitiesOf(configOf())).toEqual({
    destinations: ['card', 'stored_card', 'phone', 'hosted_page'],
    callbacks: 'none',
  });
  expect(capabilitiesOf(configOf({ callbacksEnabled: true })).callbacks).toBe('hint');
});

it('polls for 24 hours, every minute up to half an hour', () => {
  const { poll } = limitsOf(configOf());
  const delays = poll.flatMap(({ delayMs, times }) => Array.from({ length: times }, () => delayMs));
  expect([1, 2, 3, 4, 5, 6, 34, 35, 128, 129].map((n) => delays[n - 1])).toEqual([
    2_000,
    5_000,
    10_000,
    20_000,
    30_000,
    60_000,
    60_000,
    900_000,
    900_000,
    undefined,
  ]);
  expect(delays.reduce((sum, delay) => sum + delay, 0) / 3_600_000).toBeCloseTo(24, 1);
});

it('asks at least five times within the grace period after which "not found" counts (§11.2 rule 3)', () => {
  const { poll, notFoundGraceMs } = limitsOf(configOf());
  const delays = poll.flatMap(({ delayMs, times }) => Array.from({ length: times }, () => delayMs));
  const firstFive = delays.slice(0, 5).reduce((sum, delay) => sum + delay, 0);
  expect(firstFive).toBeLessThan(notFoundGraceMs);
});

it('parsing its own output changes nothing', () => {
  const once = configOf({ callbackSecret: 's', sbpBankDirectory: { '1': 'A' } });
  expect(all2payConfig.parse(once)).toEqual(once);
});

it('an order number pattern is held to the whole id and to 32 characters', () => {
  const { orderIdPattern } = limitsOf(configOf({ orderNumberPattern: '[A-Z]+' }));
  expect(['ABC', 'A'.repeat(33), 'ABc', ''].map((id) => orderIdPattern.test(id))).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

describe('baseUrl', () => {
  const accepts = (baseUrl: string) => all2payConfig.safeParse({ ...MINIMAL, baseUrl }).success;

  it.each([
    'https://api.uat.all2pay.net/payouts/api/v2',
    'http://127.0.0.1:8080/payouts/api/v2',
    'http://localhost:8080/',
    'http://simulator:8080/payouts/api/v2',
  ])('takes %s', (url) => expect(accepts(url)).toBe(true));

  it.each([
    'http://api.all2pay.net/payouts/api/v2',
    'https://user:secret@api.all2pay.net/',
    'https://api.all2pay.net/?x=1',
    'ftp://127.0.0.1/',
    'not a url',
  ])('refuses %s', (url) => expect(accepts(url)).toBe(false));
});

it('refuses settings that it does not know, and says where', () => {
  const { error } = all2payConfig.safeParse({ ...MINIMAL, notFoundGraceSec: 1 });
  expect(error?.issues[0]?.message).toContain('notFoundGraceSec');
});
