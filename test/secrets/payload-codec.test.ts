import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { payloadCodec, PayloadKeyError } from '../../secrets/payload-codec.js';
import { generatePayloadKeys, type PayloadKeys } from '../../secrets/payload-keys.js';

const keys = generatePayloadKeys();
const [key] = keys.keys;
const kid = key?.kid ?? '';
const codec = payloadCodec(keys, 'default');

const payloads = fc.record({
  metadata: fc.dictionary(fc.string({ minLength: 1 }), fc.uint8Array({ maxLength: 40 }), { maxKeys: 5 }),
  data: fc.uint8Array({ maxLength: 2_000 }),
});

function plain({ metadata, data }: Payload): object {
  const fields = Object.entries(metadata ?? {}).map(
    ([name, value]) => [name, Buffer.from(value).toString('hex')] as const,
  );
  return { metadata: Object.fromEntries(fields), data: Buffer.from(data ?? []).toString('hex') };
}

async function encrypted(payload: Payload, by = codec): Promise<Payload> {
  const [one] = await by.encode([payload]);
  if (!one) throw new Error('One comes back for one');
  return one;
}

const json = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);

describe('the payload codec', () => {
  it('gives any payload back as it was, and shows nothing of it meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(payloads, async (payload) => {
        const sealed = await encrypted(payload);
        expect(Object.keys(sealed.metadata ?? {}).sort()).toEqual(['encoding', 'encryption-key-id']);
        const [opened] = await codec.decode([sealed]);
        expect(plain(opened ?? {})).toEqual(plain(payload));
      }),
    );
    const sealed = await encrypted(json({ recipient: 'Anna Petrova' }));
    expect(Buffer.from(sealed.data ?? []).toString('latin1')).not.toContain('Anna');
    // 28 bytes of nonce and tag, some more for the metadata.
    expect((sealed.data?.length ?? 0) - 29).toBeLessThan(70);
  });

  it('encrypts the same twice to two different texts', async () => {
    const [first, second] = await codec.encode([json('same'), json('same')]);
    expect(plain(first ?? {})).not.toEqual(plain(second ?? {}));
  });

  it('refuses whatever had one bit flipped', async () => {
    await fc.assert(
      fc.asyncProperty(payloads, fc.nat(), fc.integer({ min: 0, max: 7 }), async (payload, at, bit) => {
        const sealed = await encrypted(payload);
        const data = Buffer.from(sealed.data ?? []);
        const position = at % data.length;
        data.writeUInt8(data.readUInt8(position) ^ (1 << bit), position);
        await expect(codec.decode([{ ...sealed, data }])).rejects.toThrow(PayloadKeyError);
      }),
    );
  });

  it('refuses what was cut short, even to nothing', async () => {
    const sealed = await encrypted(json('whole'));
    for (const length of [0, 1, 12, 27, 28, (sealed.data?.length ?? 0) - 1]) {
      const data = Buffer.from(sealed.data ?? []).subarray(0, length);
      await expect(codec.decode([{ ...sealed, data }])).rejects.toThrow(PayloadKeyError);
    }
  });

  it('refuses what was copied from another namespace, and says so', async () => {
    const elsewhere = await encrypted(json('ours'), payloadCodec(keys, 'other'));
    await expect(codec.decode([elsewhere])).rejects.toThrow(/copied from another namespace/);
  });

  it('refuses what names another of its keys than the one that encrypted it', async () => {
    const both: PayloadKeys = { keys: [...keys.keys, ...generatePayloadKeys().keys] };
    const other = Buffer.from(both.keys[1]?.kid ?? '');
    const sealed = await encrypted(json('ours'));
    const swapped = { ...sealed, metadata: { ...sealed.metadata, 'encryption-key-id': other } };
    await expect(payloadCodec(both, 'default').decode([swapped])).rejects.toThrow(PayloadKeyError);
    // Not even where that other key has the very same bytes: the id is authenticated.
    const twin: PayloadKeys = { keys: [...keys.keys, { kty: 'oct', kid: 'twin', k: key?.k ?? '' }] };
    const renamed = { ...sealed, metadata: { ...sealed.metadata, 'encryption-key-id': Buffer.from('twin') } };
    await expect(payloadCodec(twin, 'default').decode([renamed])).rejects.toThrow(PayloadKeyError);
  });

  it('lets through what is not encrypted: histories from before the keys', async () => {
    const old = json({ merchant: 'acme' });
    expect(await codec.decode([old])).toEqual([old]);
  });
});

describe('a rotation of payload keys', () => {
  const fresh = generatePayloadKeys();
  const rotated = payloadCodec({ keys: [...fresh.keys, ...keys.keys] }, 'default');

  it('reads what the old key encrypted, and encrypts with the new one', async () => {
    expect(await rotated.decode([await encrypted(json('old'))])).toHaveLength(1);
    const sealed = await encrypted(json('new'), rotated);
    expect(Buffer.from(sealed.metadata?.['encryption-key-id'] ?? []).toString()).toBe(fresh.keys[0]?.kid);
  });

  it('with the old key retired, names the key that is missing and the remedy', async () => {
    const retired = payloadCodec(fresh, 'default');
    const decoding = retired.decode([await encrypted(json('old'))]);
    await expect(decoding).rejects.toThrow(`encrypted with key "${kid}"`);
    await expect(retired.decode([await encrypted(json('old'))])).rejects.toThrow(/PAYOUTS_PAYLOAD_KEYS/);
  });

  it('a process without any key says that it has none, and encrypts nothing', async () => {
    const none = payloadCodec(undefined, 'default');
    await expect(none.decode([await encrypted(json('old'))])).rejects.toThrow(/has no payload keys/);
    const readable = json('still');
    expect(await none.encode([readable])).toEqual([readable]);
  });
});
