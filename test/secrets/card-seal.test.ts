import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MerchantId, PayoutId, PayoutKey } from '../../domain/ids.js';
import type { PayoutRequest } from '../../domain/payout-request.js';
import { openCard, sealCard } from '../../secrets/card-seal.js';
import { bytesFingerprint, cardFingerprint, contentFingerprint } from '../../secrets/fingerprint.js';
import { SealError } from '../../secrets/seal.js';
import { redact, redactText } from '../../secrets/redaction.js';
import { generateSealingKeys, publicSealingKeys, type SealingKeys } from '../../secrets/sealing-keys.js';

const PAN = '2200000000000004';
const payout: PayoutKey = { merchant: 'acme' as MerchantId, payoutId: 'P-1' as PayoutId };
let keys: SealingKeys;
let sealed: string;

beforeAll(async () => {
  keys = await generateSealingKeys();
  sealed = await sealCard(publicSealingKeys(keys), PAN, payout);
});

describe('a sealed card', () => {
  it('opens with the private key, for its own payout', async () => {
    expect(await openCard(keys, sealed, payout)).toBe(PAN);
  });

  it('is not readable, not repeatable and small', async () => {
    const readable = sealed.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
    expect(readable.join(' ')).not.toContain(PAN);
    expect(await sealCard(publicSealingKeys(keys), PAN, payout)).not.toBe(sealed);
    expect(sealed.length).toBeLessThan(512);
  });

  it('does not open for another payout, with another key, or after any change', async () => {
    const other = { ...payout, payoutId: 'P-2' as PayoutId };
    await expect(openCard(keys, sealed, other)).rejects.toThrow('sealed for another payout');
    await expect(openCard(await generateSealingKeys(), sealed, payout)).rejects.toThrow(SealError);
    for (const position of [5, 150, sealed.length - 3]) {
      const changed =
        sealed.slice(0, position) + (sealed[position] === 'A' ? 'B' : 'A') + sealed.slice(position + 1);
      await expect(openCard(keys, changed, payout)).rejects.toThrow(SealError);
    }
  });

  it('still opens after the keys were rotated, and a new one is sealed with the new key', async () => {
    const fresh = await generateSealingKeys();
    const rotated = { keys: [...fresh.keys, ...keys.keys] };
    expect(await openCard(rotated, sealed, payout)).toBe(PAN);
    const next = await sealCard(publicSealingKeys(rotated), PAN, payout);
    expect(await openCard(fresh, next, payout)).toBe(PAN);
  });

  it('needs no private key to make, and the public half holds none', () => {
    expect(JSON.stringify(publicSealingKeys(keys))).not.toContain('"d":');
  });
});

describe('fingerprints', () => {
  const key = Buffer.alloc(32, 7);
  const request = {
    ...payout,
    account: 'acme-a2p',
    amount: { minor: 10050, currency: 'RUB' },
    destination: { type: 'card', number: PAN },
  } as PayoutRequest;

  it('ignore the order of fields and absent ones', () => {
    const { amount, ...rest } = request;
    const reordered = {
      amount: { currency: amount.currency, minor: amount.minor },
      ...rest,
      batch: undefined,
    };
    expect(contentFingerprint(key, reordered)).toBe(contentFingerprint(key, request));
  });

  it('differ for another card, amount or key', () => {
    const all = [
      contentFingerprint(key, request),
      contentFingerprint(key, { ...request, destination: { type: 'card', number: '2200000000000012' } }),
      contentFingerprint(key, { ...request, amount: { minor: 10051, currency: 'RUB' } }),
      contentFingerprint(Buffer.alloc(32, 8), request),
      bytesFingerprint(key, Buffer.from(JSON.stringify(request))),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('the fingerprint of a card', () => {
  const key = Buffer.alloc(32, 7);

  it('is one for all payouts to a card, another for each card and key, and no other digest of ours', () => {
    expect(cardFingerprint(key, PAN)).toMatch(/^[0-9a-f]{32}$/);
    expect(cardFingerprint(key, PAN)).toBe(cardFingerprint(Buffer.alloc(32, 7), PAN));
    const others = [
      cardFingerprint(key, '2200000000000012'),
      cardFingerprint(Buffer.alloc(32, 8), PAN),
      bytesFingerprint(key, Buffer.from(PAN)).slice(0, 32),
    ];
    expect(others).not.toContain(cardFingerprint(key, PAN));
  });
});

describe('the log redaction', () => {
  it('masks card numbers wherever they stand, also in groups, and keeps other numbers', () => {
    expect(redactText(`card ${PAN} and 2200 0000 0000 0004`)).toBe(
      'card 220000******0004 and 220000******0004',
    );
    expect(redactText('2200.0000.0000.0004, 2200 / 0000 / 0000 / 0004')).not.toMatch(/0000.{1,3}0000/);
    expect(redact({ number: Number(PAN) })).toEqual({ number: '220000******0004' });
    expect(redactText('order 1770102001123 at 1770102002456')).toBe('order 1770102001123 at 1770102002456');
  });

  it('takes out secrets by name, at any depth, in errors too', () => {
    const error = new Error(`boom ${PAN}`, { cause: { password: 'hunter2' } });
    const text = JSON.stringify(
      redact({ error, headers: { Authorization: 'Bearer x' }, list: [{ cvv: '123' }] }),
    );
    for (const secret of [PAN, 'hunter2', 'Bearer x', '"123"']) expect(text).not.toContain(secret);
  });

  it('never lets a card number through, whatever surrounds it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const apart = `${before.replace(/\d+$/, '')}${PAN}${after.replace(/^\d+/, '')}`;
        expect(redactText(apart)).not.toContain(PAN);
      }),
    );
  });

  it.each([`code 5: ${PAN}`, `HTTP 400 ${PAN}`, `${PAN} 200`, `1 2 3 ${PAN} 4 5`, `12/30 ${PAN} ${PAN}`])(
    'masks it beside other numbers: %s',
    (text) => expect(redactText(text)).not.toContain(PAN),
  );
});
