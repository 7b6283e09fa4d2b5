import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { ActivityDeps } from '../../activities/deps.js';
import { storeCard } from '../../activities/stored-cards/store-card.js';
import { readCacheDir } from '../../config/cache-dir.js';
import type { MerchantId, OrderId, StoredCardId, StoredCardKey } from '../../domain/ids.js';
import type { StoreAnswer } from '../../domain/provider-answer.js';
import { openJournal } from '../../journal/open-journal.js';
import type { Journal } from '../../journal/port.js';
import { all2pay } from '../../providers/all2pay/index.js';
import { isLacking, type PayoutProvider } from '../../providers/port.js';
import { generateSealingKeys, publicSealingKeys, type SealingKeys } from '../../secrets/sealing-keys.js';
import { sealCardToStore, sealCvv } from '../../secrets/stored-card-seal.js';
import { ACCOUNT } from './accepted-payout.js';

const NOT_SENT: StoreAnswer = { kind: 'not_sent', code: 'ECONNREFUSED', message: 'Connection refused' };
const STORED: StoreAnswer = { kind: 'answered', progress: { kind: 'stored', providerCardId: 'b-1' } };
const SETTINGS = { baseUrl: 'http://127.0.0.1:9', userName: 'acme-api', password: 'x' };

let journal: Journal;
let sealingKeys: SealingKeys;
let key: StoredCardKey;
let count = 0;
/** What the provider answers, one after the other, and how often it was sent something. */
let answers: StoreAnswer[];
let sent: number;

beforeAll(async () => {
  journal = await openJournal({ kind: 'pglite', cacheDir: readCacheDir() });
  sealingKeys = await generateSealingKeys();
});
afterAll(() => journal.close());

beforeEach(async () => {
  count += 1;
  sent = 0;
  answers = [STORED];
  key = { merchant: 'acme' as MerchantId, storedCardId: `C-${count}` as StoredCardId };
  const card = { number: '2200000000000004', expiry: { month: 12, year: 2031 }, holder: 'ANNA PETROVA' };
  await journal.storedCards.accept({
    request: {
      ...key,
      account: ACCOUNT,
      purpose: 'source',
      ownerId: 'cust-9',
      card: {
        sealed: await sealCardToStore(publicSealingKeys(sealingKeys), card, key),
        masked: '220000******0004',
      },
    },
    provider: 'all2pay',
    orderId: `card-order-${count}` as OrderId,
    contentFingerprint: `f-${count}`,
    actor: 'merchant:acme',
  });
});

async function store(inBetween: () => Promise<unknown> = async () => undefined) {
  const real = all2pay.create(ACCOUNT, SETTINGS);
  if (isLacking(real.cards)) throw new Error('All2pay stores cards');
  const provider: PayoutProvider = {
    ...real,
    cards: {
      ...real.cards,
      store: async () => {
        sent += 1;
        return answers.shift() ?? STORED;
      },
    },
  };
  const { storedCards } = journal;
  const endUnsent = storedCards.endUnsent.bind(storedCards);
  // After this try has given its intent back, before the pause that comes before its next one.
  const givingBack = vi.spyOn(storedCards, 'endUnsent').mockImplementationOnce(async (card) => {
    await endUnsent(card);
    await inBetween();
  });
  onTestFinished(() => givingBack.mockRestore());
  const deps: ActivityDeps = {
    journal,
    accounts: new Map([[ACCOUNT, { provider }]]),
    sealingKeys,
    fingerprintKey: Buffer.alloc(32, 1),
  };
  const cvvSecretId = await journal.oneTimeSecrets.put(
    await sealCvv(publicSealingKeys(sealingKeys), '123', key),
    60_000,
  );
  return new MockActivityEnvironment({ scheduledTimestampMs: Date.now() }).run(() =>
    storeCard(deps, { key, cvvSecretId }),
  );
}

it('tries again by itself what provably did not leave, because the CVV is nowhere else', async () => {
  answers = [NOT_SENT, STORED];
  expect(await store()).toMatchObject({ status: 'active' });
  expect(sent).toBe(2);
});

it("leaves another try's intent alone", async () => {
  answers = [NOT_SENT, STORED];
  await store(() => journal.storedCards.beginStoring(key));
  expect(sent).toBe(1);
  const record = await journal.storedCards.read(key);
  expect(record).toMatchObject({ card: { status: 'requested' }, sentAt: expect.any(String) as string });
});

it('waits while an operator has stopped it, and is sent when that is over', async () => {
  answers = [NOT_SENT, STORED];
  const stopped = store(async () => {
    const scope = { kind: 'merchant', value: key.merchant } as const;
    const { stop } = await journal.stops.add({ scope, actor: 'cli:olga', reason: 'a check' });
    setTimeout(() => void journal.stops.resume(stop.id, { actor: 'cli:olga', reason: 'done' }), 1_500);
  });
  expect(await stopped).toMatchObject({ status: 'active' });
  expect(sent).toBe(2);
});
