import { expect, it } from 'vitest';
import type { Journal } from '../../../journal/port.js';
import { newMerchant, unique } from '../support/samples.js';

export function keys(journal: () => Journal): void {
  it('opens the door to the secret that was shown once', async () => {
    const { apiKeys } = journal();
    const merchant = newMerchant();
    const { key, secret } = await apiKeys.add({ name: 'shop', role: 'merchant', merchant });
    expect(secret).toMatch(new RegExp(`^payk_${key.id}_[A-Za-z0-9_-]{43}$`));
    expect(await apiKeys.verify(secret)).toEqual(key);
    expect(key).toMatchObject({ name: 'shop', role: 'merchant', merchant });
    expect(await apiKeys.list()).toContainEqual(key);
    expect(JSON.stringify(await apiKeys.list())).not.toContain(secret.slice(-43));
  });

  it('stays shut to everything else', async () => {
    const { apiKeys } = journal();
    const { secret, key } = await apiKeys.add({ name: 'ops', role: 'operator' });
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
    for (const attempt of wrong) expect(await apiKeys.verify(attempt), attempt).toBeUndefined();
  });

  it('revokes a key once and for all, and keeps it on the list', async () => {
    const { apiKeys } = journal();
    const { key, secret } = await apiKeys.add({ name: unique('k'), role: 'operator' });
    expect(await apiKeys.revoke(key.id)).toBe(true);
    expect(await apiKeys.revoke(key.id)).toBe(false);
    expect(await apiKeys.revoke('nobody')).toBe(false);
    expect(await apiKeys.verify(secret)).toBeUndefined();
    const listed = (await apiKeys.list()).find((entry) => entry.id === key.id);
    expect(listed?.revokedAt).toMatch(/Z$/);
  });

  it('gives a merchant key its merchant, and an operator key none', async () => {
    const { apiKeys } = journal();
    await expect(apiKeys.add({ name: 'x', role: 'merchant' })).rejects.toThrow(TypeError);
    await expect(apiKeys.add({ name: 'x', role: 'operator', merchant: newMerchant() })).rejects.toThrow(
      TypeError,
    );
  });
}
