import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultPayloadConverter } from '@temporalio/common';
import { expect, it } from 'vitest';
import type { MerchantId, PayoutId } from '../../domain/ids.js';
import { openCard, sealCard } from '../../secrets/card-seal.js';
import { payloadCodec } from '../../secrets/payload-codec.js';
import { generatePayloadKeys, type PayloadKeys } from '../../secrets/payload-keys.js';
import { generateSealingKeys, publicSealingKeys, type SealingKeys } from '../../secrets/sealing-keys.js';
import { tempDir } from '../support/temp-dir.js';
import { run } from './cli-fixture.js';

const ids = ({ keys }: { keys: readonly { kid?: string | undefined }[] }) => keys.map(({ kid }) => kid);

function kept<Ring>(file: string): Ring {
  return JSON.parse(readFileSync(file, 'utf8')) as Ring;
}

it('payload keys: a new key decrypts, then encrypts, then the old one goes', async () => {
  const file = join(tempDir(), 'payload-keys.json');
  const old = generatePayloadKeys();
  writeFileSync(file, JSON.stringify(old), { mode: 0o640 });
  const env = { PAYOUTS_PAYLOAD_KEYS_FILE: file };
  const turn = (...args: string[]) => run(['keys', 'rotate', 'payload', ...args], { env });
  const codec = () => payloadCodec(kept<PayloadKeys>(file), 'default');
  const before = await codec().encode([defaultPayloadConverter.toPayload('before')]);

  const added = await turn('add');
  expect(added.code).toBe(0);
  expect(added.out).toMatch(/restart them\.\n.*rotate payload promote/);
  expect(added.out).not.toContain(old.keys[0]?.k);
  expect(ids(kept(file))).toEqual([old.keys[0]?.kid, expect.any(String)]);
  expect(statSync(file).mode & 0o777).toBe(0o640);

  const promoted = await turn('promote');
  expect(promoted.out).toContain(`rotate payload retire --key ${old.keys[0]?.kid}`);
  const [fresh] = ids(kept(file));
  expect(fresh).not.toBe(old.keys[0]?.kid);
  expect(await codec().decode(before)).toHaveLength(1);
  const [after] = await codec().encode([defaultPayloadConverter.toPayload('after')]);
  expect(Buffer.from(after?.metadata?.['encryption-key-id'] ?? []).toString()).toBe(fresh);

  expect((await turn('retire')).code).toBe(0);
  expect(ids(kept(file))).toEqual([fresh]);
  await expect(codec().decode(before)).rejects.toThrow(`key "${old.keys[0]?.kid}"`);
});

it('sealing keys: in the file of an embedded engine, beside its other keys', async () => {
  const dataDir = tempDir();
  const file = join(dataDir, 'keys.json');
  const sealingKeys = await generateSealingKeys();
  writeFileSync(
    file,
    JSON.stringify({ sealingKeys, payloadKeys: generatePayloadKeys(), fingerprintKey: 'AAAA' }),
  );
  const payout = { merchant: 'acme' as MerchantId, payoutId: 'P-1' as PayoutId };
  const sealed = await sealCard(publicSealingKeys(sealingKeys), '2200000000000004', payout);
  const turn = (stage: string) =>
    run(['keys', 'rotate', 'sealing', stage, '--data-dir', dataDir, '--json'], { env: {} });

  await turn('add');
  const { out } = await turn('promote');
  const told = JSON.parse(out) as { publicKeys: SealingKeys };
  expect(JSON.stringify(told)).not.toContain('"d"');
  const now = kept<{ sealingKeys: SealingKeys; payloadKeys: unknown; fingerprintKey: string }>(file);
  expect(now).toMatchObject({ fingerprintKey: 'AAAA', payloadKeys: { keys: [{ kty: 'oct' }] } });
  expect(await openCard(now.sealingKeys, sealed, payout)).toBe('2200000000000004');
  const fresh = { keys: now.sealingKeys.keys.slice(0, 1) };
  const next = await sealCard(told.publicKeys, '2200000000000004', payout);
  expect(await openCard(fresh, next, payout)).toBe('2200000000000004');
});

it('a stage out of order, a wrong file or keys without a file are refused in words', async () => {
  const file = join(tempDir(), 'keys.json');
  const keys = generatePayloadKeys();
  writeFileSync(file, JSON.stringify(keys));
  const refused = async (args: string[], env: NodeJS.ProcessEnv = {}) => {
    const { code, err } = await run(['keys', 'rotate', ...args, '--data-dir', tempDir()], { env });
    expect(code).toBe(2);
    expect(err).not.toContain(keys.keys[0]?.k);
    return err;
  };
  expect(await refused(['payload', 'promote', '--file', file])).toContain('is the first already');
  expect(await refused(['payload', 'retire', '--file', file])).toContain('is in use');
  expect(await refused(['payload', 'promote', '--key', 'nobody', '--file', file])).toContain(
    'There is no key nobody',
  );
  expect(await refused(['sealing', 'add', '--file', file])).toContain('holds other keys than sealing keys');
  expect(await refused(['payload', 'add', '--file', '/nowhere'])).toContain(
    '/nowhere cannot be read (ENOENT)',
  );
  expect(await refused(['payload', 'add'])).toContain('no payload keys to rotate');
  const inline = { PAYOUTS_PAYLOAD_KEYS: JSON.stringify(keys) };
  expect(await refused(['payload', 'add'], inline)).toContain('Put them into a file');
  expect(kept(file)).toEqual(keys);
});
