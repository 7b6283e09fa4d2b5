import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accept } from '../../activities/accept.js';
import type { ActivityDeps } from '../../activities/deps.js';
import type { AccountId, MerchantId, PayoutId } from '../../domain/ids.js';
import type { SealedPayoutRequest } from '../../domain/payout-request.js';
import { readCacheDir } from '../../config/cache-dir.js';
import { openJournal } from '../../journal/open-journal.js';
import type { Journal } from '../../journal/port.js';
import { all2pay as registration } from '../../providers/all2pay/index.js';
import { sealCard } from '../../secrets/card-seal.js';
import { cardFingerprint } from '../../secrets/fingerprint.js';
import { generateSealingKeys, publicSealingKeys } from '../../secrets/sealing-keys.js';

const account = 'acme-a2p' as AccountId;
let journal: Journal;
let today: ActivityDeps;

beforeAll(async () => {
  journal = await openJournal({ kind: 'pglite', cacheDir: readCacheDir() });
  today = {
    journal,
    accounts: new Map([[account, { provider: all2pay({}) }]]),
    sealingKeys: await generateSealingKeys(),
    fingerprintKey: Buffer.alloc(32, 1),
  };
});
afterAll(() => journal.close());

function all2pay(settings: object) {
  const config = { baseUrl: 'http://127.0.0.1:9', userName: 'acme-api', password: 'x', ...settings };
  return registration.create(account, config);
}

async function cardRequest(payoutId: string, minor = 10_000): Promise<SealedPayoutRequest> {
  const key = { merchant: 'acme' as MerchantId, payoutId: payoutId as PayoutId };
  const sealed = await sealCard(publicSealingKeys(today.sealingKeys), '2200000000000004', key);
  const destination = { type: 'card', sealed, masked: '220000******0004' } as const;
  return { ...key, account, amount: { minor, currency: 'RUB' }, destination };
}

describe('a payout that the journal knows', () => {
  it.each([
    ['its account is gone', () => ({ ...today, accounts: new Map() })],
    [
      'the limits are lower',
      () => ({ ...today, accounts: new Map([[account, { provider: all2pay({ maxAmount: 5 }) }]]) }),
    ],
    [
      'the merchant may not use the account any more',
      () => ({
        ...today,
        accounts: new Map([[account, { provider: all2pay({}), merchants: ['other' as MerchantId] }]]),
      }),
    ],
  ])('is never judged by later rules: %s', async (why, later) => {
    const id = `known-${why.length}`;
    const first = await accept(today, { request: await cardRequest(id) });
    expect(first.kind).toBe('accepted');
    const again = await accept(later(), { request: await cardRequest(id) });
    expect(again).toMatchObject({ kind: 'repeat', payout: { payoutId: id, status: 'created' } });
    expect(await accept(later(), { request: await cardRequest(id, 20_000) })).toMatchObject({
      kind: 'conflict',
      original: { payoutId: id, amount: { minor: 10_000 } },
    });
    expect(await accept(later(), { request: await cardRequest(`${id}-new`) })).toMatchObject({
      kind: 'refused',
    });
    expect(await journal.payouts.get(await cardRequest(`${id}-new`))).toBeUndefined();
  });

  it('is named also where its card can no longer be opened', async () => {
    await accept(today, { request: await cardRequest('rotated') });
    const rotated = { ...today, sealingKeys: await generateSealingKeys() };
    expect(await accept(rotated, { request: await cardRequest('rotated') })).toMatchObject({
      kind: 'conflict',
      original: { payoutId: 'rotated' },
    });
  });
});

it('payouts to one card bear one fingerprint, by which they are listed', async () => {
  const [first, second] = [await cardRequest('card-1'), await cardRequest('card-2')];
  const accepted = [await accept(today, { request: first }), await accept(today, { request: second })];
  const [fingerprint, same] = accepted.map((one) => 'payout' in one && one.payout.cardFingerprint);
  expect(fingerprint).toBe(cardFingerprint(today.fingerprintKey, '2200000000000004'));
  expect(same).toBe(fingerprint);
  const { items } = await journal.payouts.list({ cardFingerprint: String(fingerprint) }, { limit: 100 });
  expect(items.map(({ payoutId }) => payoutId)).toEqual(expect.arrayContaining(['card-1', 'card-2']));
  expect((await journal.payouts.list({ cardFingerprint: '0'.repeat(32) }, { limit: 100 })).items).toEqual([]);
});

it('a repeat goes on with the plan of its account, as the first one did', async () => {
  const request = await cardRequest('planned');
  const first = await accept(today, { request });
  const again = await accept(today, { request });
  if (first.kind !== 'accepted' || again.kind !== 'repeat') throw new Error(`${first.kind}, ${again.kind}`);
  expect(again.plan).toEqual(first.plan);
  expect(first.plan).toMatchObject({ account, steps: ['execute'], callTimeoutMs: 65_000 });
});
