import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { limitsOf } from '../../../providers/payneteasy/capabilities.js';
import { payneteasyConfig } from '../../../providers/payneteasy/config.js';
import { payneteasy } from '../../../providers/payneteasy/index.js';
import { configOf, KEYS, MINIMAL } from './fixtures.js';

function faults(changes: Record<string, unknown>): string[] {
  const result = payneteasyConfig.safeParse({ ...MINIMAL, ...changes });
  return result.success
    ? []
    : result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

it('has the defaults of the document', () => {
  expect(configOf({ callbackPorts: undefined })).toMatchObject({
    statusVersion: 'v2',
    responseFormat: 'json',
    flow: 'one_step',
    orderIdField: 'client_orderid',
    callbackField: 'server_callback_url',
    callbackPorts: 'documented',
    redirectTtlSecs: 1_800,
    timeoutMs: 30_000,
    notFoundGraceSecs: 900,
    resendSameId: false,
    errorStatus: 'declined',
    successWithoutAmount: false,
    readyWhen: [
      { status: 'processing', orderStage: ['payout_checked'] },
      { status: 'approved', transactionType: ['payout-check', 'payout_check', 'check'] },
    ],
  });
});

it('parsing its own output changes nothing', () => {
  for (const changes of [
    {},
    { pollSchedule: 'constant' },
    { flow: 'two_step', balance: { of: 'merchant' } },
  ]) {
    const once = configOf(changes);
    expect(payneteasyConfig.parse(once)).toEqual(once);
  }
});

it('names its secrets', () => {
  expect(payneteasy.secretFields).toEqual(['merchantControl', 'signing.pkcs8Pem', 'signing.passphrase']);
});

describe('refuses', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['an endpoint and a group', { endpointGroupId: '7' }, /exactly one/],
    ['neither', { endpointId: undefined }, /exactly one/],
    ['plain http', { baseUrl: 'http://gate.example.com/paynet' }, /https/],
    ['credentials in the address', { baseUrl: 'https://a:b@gate.example.com/paynet' }, /user name/],
    ['a field that only the engine sends', { allowedFields: ['amount'] }, /no field that a caller/],
    ['a verification code', { allowedFields: ['cvv2'] }, /no field that a caller/],
    ['an oauth field', { allowedFields: ['oauth_nonce'] }, /no field that a caller/],
    ['a currency of three decimals', { currencies: ['KWD'] }, /two decimals/],
    ['no currency', { currencies: [] }, /currencies/],
    ['a ready rule by status alone', { readyWhen: [{ status: 'approved' }] }, /does not tell a check/],
    ['a pattern that is none', { notFoundPattern: '(' }, /regular expression/],
    [
      'a resend while the first may be on its way',
      { resendSameId: true, notFoundGraceSecs: 10 },
      /timeoutMs/,
    ],
    [
      'the old order id in two steps',
      { flow: 'two_step', orderIdField: 'client-order-id' },
      /client_orderid alone/,
    ],
    ['a callback address as a required field', { requiredFields: ['notify_url'] }, /callbackField/],
    ['a setting that does not exist', { statusVersoin: 'v4' }, /statusVersoin/],
    ['a key that is none', { signing: { pkcs8Pem: 'hunter2' } }, /no private key in PEM/],
    ['too small an amount range', { minAmount: 10, maxAmount: 5 }, /more than maxAmount/],
  ])('%s', (_what, changes, words) => expect(faults(changes).join('\n')).toMatch(words));

  it('keys that are too small or no RSA, and never shows them', () => {
    const pem = {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    } as const;
    const small = generateKeyPairSync('rsa', { modulusLength: 1024, ...pem }).privateKey;
    const curve = generateKeyPairSync('ec', { namedCurve: 'P-256', ...pem }).privateKey;
    expect(faults({ signing: { pkcs8Pem: small } })).toEqual([
      'signing.pkcs8Pem: Has 1024 bits: at least 2048 are needed',
    ]);
    expect(faults({ signing: { pkcs8Pem: curve } })).toEqual(['signing.pkcs8Pem: Is not an RSA key']);
    expect(faults({ signing: { pkcs8Pem: KEYS.privateKey.replace('MII', 'MIX') } }).join()).toMatch(
      /damaged/,
    );
    const cipher = { cipher: 'aes-256-cbc', passphrase: 'open' };
    const sealed = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: pem.publicKeyEncoding,
      privateKeyEncoding: { ...pem.privateKeyEncoding, ...cipher },
    }).privateKey;
    expect(faults({ signing: { pkcs8Pem: sealed } }).join()).toMatch(/Is encrypted/);
    expect(faults({ signing: { pkcs8Pem: sealed, passphrase: 'wrong' } }).join()).toMatch(
      /passphrase is wrong/,
    );
    expect(faults({ signing: { pkcs8Pem: sealed, passphrase: 'open' } })).toEqual([]);
  });
});

describe('poll schedules (§10)', () => {
  const spanOf = (pollSchedule: unknown) =>
    limitsOf(configOf({ pollSchedule })).poll.reduce((sum, { delayMs, times }) => sum + delayMs * times, 0);
  const HOURS_72 = 72 * 3_600_000;

  it('the ladder slows down, and ends after 72 hours', () => {
    const { poll } = limitsOf(configOf());
    expect(poll.map(({ delayMs }) => delayMs / 1000)).toEqual([4, 300, 3_600]);
    expect((poll[0]?.delayMs ?? 0) * (poll[0]?.times ?? 0)).toBe(5 * 60_000);
    expect(spanOf('ladder')).toBe(HOURS_72);
  });

  it('the constant one keeps to 3 to 5 seconds', () => {
    expect(limitsOf(configOf({ pollSchedule: 'constant' })).poll).toEqual([
      { delayMs: 4_000, times: 64_800 },
    ]);
    expect(spanOf('constant')).toBe(HOURS_72);
  });

  it('or one of the account’s own', () => {
    expect(spanOf([{ delayMs: 10, times: 3 }])).toBe(30);
  });
});

it('a resend asks a person unless the account says otherwise', () => {
  expect(limitsOf(configOf()).resendAfterNotFound).toBe('manual');
  expect(limitsOf(configOf({ resendSameId: true })).resendAfterNotFound).toBe('auto');
});
