import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { all2payConfig } from '../../../providers/all2pay/config.js';
import { capabilitiesOf, limitsOf } from '../../../providers/all2pay/capabilities.js';
import { PUBLISHED } from './callback-vector.js';
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
    actionGraceMs: 300_000,
  });
  expect(capabilitiesOf(configOf())).toEqual({
    destinations: ['card', 'stored_card', 'phone', 'hosted_page'],
    callbacks: 'none',
    sources: true,
  });
  expect(capabilitiesOf(configOf({ callbacksEnabled: true, callbackSecret: 's' })).callbacks).toBe('hint');
  expect(limitsOf(configOf({ formGraceSecs: 10 })).actionGraceMs).toBe(10_000);
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

describe('callbacks', () => {
  const words = (changes: object) =>
    all2payConfig.safeParse({ ...MINIMAL, ...changes }).error?.issues.map(({ message }) => message);
  const { certificate } = PUBLISHED;

  it('need a key of exactly one kind', () => {
    expect(words({ callbacksEnabled: true })).toEqual([expect.stringContaining('Needs callbackSecret')]);
    expect(words({ callbackSecret: 's', callbackCert: certificate })).toEqual([
      expect.stringContaining('Cannot stand beside callbackSecret'),
    ]);
    expect(words({ callbacksEnabled: true, callbackSecret: 's' })).toBeUndefined();
    expect(words({ callbacksEnabled: true, callbackCert: certificate })).toBeUndefined();
  });

  it('need a certificate or public key that can be read', () => {
    expect(words({ callbackCert: 'x' })).toEqual([expect.stringContaining('neither a certificate')]);
    const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    expect(words({ callbackCert: privateKey.export({ type: 'pkcs8', format: 'pem' }) })).toEqual([
      expect.stringContaining('Is a private key'),
    ]);
  });
});

it.each(['seTokenErrorPattern', 'orderNumberPattern'])(
  'refuses a %s that is no regular expression',
  (name) => {
    const { error } = all2payConfig.safeParse({ ...MINIMAL, [name]: '(' });
    expect(error?.issues[0]).toMatchObject({ path: [name], message: 'Not a regular expression' });
  },
);

it.each(['../x y', 'https://evil.example/', '/', 'a?b=c'])('refuses %s for a balancePath', (balancePath) => {
  expect(all2payConfig.safeParse({ ...MINIMAL, balancePath }).success).toBe(false);
});
