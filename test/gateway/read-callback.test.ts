import { expect, it } from 'vitest';
import type { AccountId, OrderId } from '../../domain/ids.js';
import { readCallback } from '../../gateway/read-callback.js';
import { openPaymentToken } from '../../secrets/payment-seal.js';
import { generateSealingKeys, publicSealingKeys } from '../../secrets/sealing-keys.js';
import { fakePaymentProvider } from './fake-payment-provider.js';
import { sign } from './fake-provider.js';

const TOKEN = 'tok-5f3a91';
const owner = { account: 'till' as AccountId, orderId: 'o-1' as OrderId };

async function entryOf(text: string) {
  const keys = await generateSealingKeys();
  const body = new TextEncoder().encode(text);
  const raw = {
    method: 'POST',
    url: `/callbacks/till?copy=${text}`,
    headers: { 'x-sign': sign(text) },
    body,
  } as const;
  const reading = readCallback(fakePaymentProvider('till'), raw);
  if (reading.kind !== 'verified') throw new Error(reading.why);
  return { keys, entry: await reading.entry(raw, publicSealingKeys(keys)) };
}

it('keeps of a payment’s message what it says, and its token and bytes sealed alone', async () => {
  const { keys, entry } = await entryOf(`o-1|k1|paid|${TOKEN}`);
  expect(entry).toMatchObject({
    orderId: 'o-1',
    dedupeKey: 'k1',
    transactions: [{ id: '7', status: 'paid' }],
  });
  expect(await openPaymentToken(keys, entry.sealedToken ?? '', owner)).toBe(TOKEN);
  const kept = JSON.stringify({
    ...entry,
    raw: { ...entry.raw, body: Buffer.from(entry.raw.body).toString() },
  });
  expect(kept).not.toContain(TOKEN);
  expect(kept).not.toContain(Buffer.from(TOKEN).toString('base64'));
  expect(entry.raw.url).toBe('/callbacks/till');
});

it('does not open a token for another order', async () => {
  const { keys, entry } = await entryOf(`o-1|k1|paid|${TOKEN}`);
  const other = { ...owner, orderId: 'o-2' as OrderId };
  await expect(openPaymentToken(keys, entry.sealedToken ?? '', other)).rejects.toThrow(/another order/);
});

it('keeps no token of a card that did not work', async () => {
  const { entry } = await entryOf(`o-1|k1|failed|${TOKEN}`);
  expect(entry.sealedToken).toBeUndefined();
});
