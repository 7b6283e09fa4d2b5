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

it('a repeat goes on with the plan of its account, as the first one did', async () => {
  const request = await cardRequest('planned');
  const first = await accept(today, { request });
  const again = await accept(today, { request });
  if (first.kind !== 'accepted' || again.kind !== 'repeat') throw new Error(`${first.kind}, ${again.kind}`);
  expect(again.plan).toEqual(first.plan);
  expect(first.plan).toMatchObject({ account, steps: ['execute'], callTimeoutMs: 65_000 });
});
