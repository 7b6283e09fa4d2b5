import { expect, it } from 'vitest';
import { ROLES } from '../../../domain/roles.js';
import type { Journal } from '../../../journal/port.js';
import { newMerchant, unique } from '../support/samples.js';

const BY = { actor: 'cli:olga' };

export function keys(journal: () => Journal): void {
  const add = (more: object = {}) =>
    journal().apiKeys.add({ name: unique('k'), roles: ['read'], ...more }, BY);

  it('opens the door to the secret that was shown once', async () => {
    const { apiKeys } = journal();
    const merchant = newMerchant();
    const { key, secret } = await add({ name: 'shop', roles: ['create', 'read'], merchant });
    expect(secret).toMatch(new RegExp(`^payk_${key.id}_[A-Za-z0-9_-]{43}$`));
    expect(await apiKeys.verify(secret)).toEqual(key);
    expect(key).toMatchObject({ name: 'shop', roles: ['create', 'read'], merchant });
    const listed = (await apiKeys.list()).find(({ id }) => id === key.id);
    expect(listed).toEqual({ ...key, lastUsedAt: expect.stringMatching(/:00:00\.000Z$/) as string });
    expect(JSON.stringify(listed)).not.toContain(secret.slice(-43));
  });

  it('stays shut to everything else', async () => {
    const { apiKeys } = journal();
    const { secret, key } = await add({ name: 'ops', roles: ROLES });
    const last = secret.endsWith('A') ? 'B' : 'A';
    const wrong = [
      '',
      'payk_',
      secret.slice(0, -1),
      `${secret.slice(0, -1)}${last}`,
      ` ${secret}`,
      `${secret}A`,
    ];
    wrong.push(secret.replace(key.id, '0123456789abcdef'));
    for (const attempt of wrong) {
      expect(await apiKeys.verify(attempt), attempt).toBeUndefined();
      expect(await apiKeys.examine(attempt), attempt).toBeUndefined();
    }
  });

  it('revokes a key once and for all, and keeps it on the list', async () => {
    const { apiKeys } = journal();
    const { key, secret } = await add();
    expect(await apiKeys.revoke(key.id, BY)).toBe(true);
    expect(await apiKeys.revoke(key.id, BY)).toBe(false);
    expect(await apiKeys.revoke('nobody', BY)).toBe(false);
    expect(await apiKeys.verify(secret)).toBeUndefined();
    expect(await apiKeys.examine(secret)).toMatchObject({ state: 'over', key: { id: key.id } });
    expect(await apiKeys.find(key.id)).toBeUndefined();
    const listed = (await apiKeys.list()).find((entry) => entry.id === key.id);
    expect(listed?.revokedAt).toMatch(/Z$/);
  });

  it('ends by itself when its time is over', async () => {
    const { apiKeys } = journal();
    const over = await add({ expiresAt: '2020-01-01T00:00:00.000Z' });
    const later = await add({ expiresAt: '2090-01-01T00:00:00.000Z' });
    expect(await apiKeys.verify(over.secret)).toBeUndefined();
    expect(await apiKeys.examine(over.secret)).toMatchObject({ state: 'over' });
    expect(await apiKeys.rotate(over.key.id, { graceSecs: 0 }, BY)).toBeUndefined();
    expect(await apiKeys.verify(later.secret)).toMatchObject({ expiresAt: '2090-01-01T00:00:00.000Z' });
  });

  it('changes its secret, and opens to the former one for as long as was said', async () => {
    const { apiKeys } = journal();
    const { key, secret } = await add();
    const rotated = await apiKeys.rotate(key.id, { graceSecs: 3_600 }, BY);
    expect(rotated?.key).toMatchObject({ id: key.id, roles: key.roles });
    expect(rotated?.key.formerSecretUntil).toMatch(/Z$/);
    for (const one of [secret, rotated?.secret ?? '']) {
      expect(await apiKeys.verify(one)).toMatchObject({ id: key.id });
    }
    const again = await apiKeys.rotate(key.id, { graceSecs: 0, reason: 'it was seen' }, BY);
    expect(await apiKeys.verify(secret)).toBeUndefined();
    expect(await apiKeys.examine(secret)).toBeUndefined();
    expect(await apiKeys.examine(rotated?.secret ?? '')).toMatchObject({ state: 'over' });
    expect(await apiKeys.verify(again?.secret ?? '')).toMatchObject({ id: key.id });
    expect(await apiKeys.rotate('nobody', { graceSecs: 0 }, BY)).toBeUndefined();
  });

  it('does not exist for another merchant', async () => {
    const { apiKeys } = journal();
    const [merchant, other] = [newMerchant(), newMerchant()];
    const { key } = await add({ merchant });
    expect(await apiKeys.find(key.id, other)).toBeUndefined();
    expect(await apiKeys.revoke(key.id, BY, other)).toBe(false);
    expect(await apiKeys.list(other)).toEqual([]);
    expect((await apiKeys.list(merchant)).map(({ id }) => id)).toEqual([key.id]);
    expect(await apiKeys.revoke(key.id, BY, merchant)).toBe(true);
  });

  it('has a role that there is', async () => {
    await expect(add({ roles: [] })).rejects.toThrow(/check/);
    await expect(add({ roles: ['king'] })).rejects.toThrow(/check/);
  });

  it('writes to a key in use once an hour, not with each request', async () => {
    const { apiKeys } = journal();
    const { key, secret } = await add();
    await apiKeys.verify(secret);
    const first = await apiKeys.find(key.id);
    await apiKeys.verify(secret);
    expect(await apiKeys.find(key.id)).toEqual(first);
    expect(first?.lastUsedAt).toBeDefined();
  });
}
