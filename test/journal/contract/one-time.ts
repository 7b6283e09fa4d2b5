import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Journal } from '../../../journal/port.js';
import { SEALED } from '../support/cards.js';

const MINUTE = 60_000;

export function oneTime(journal: () => Journal): void {
  it('gives a secret back once', async () => {
    const { oneTimeSecrets } = journal();
    const id = await oneTimeSecrets.put(SEALED, MINUTE);
    const other = await oneTimeSecrets.put(SEALED, MINUTE);
    expect(await oneTimeSecrets.take(id)).toBe(SEALED);
    expect(await oneTimeSecrets.take(id)).toBeUndefined();
    expect(await oneTimeSecrets.take(other)).toBe(SEALED);
  });

  it('gives it to one out of 30 at the same time', async () => {
    const { oneTimeSecrets } = journal();
    const id = await oneTimeSecrets.put(SEALED, MINUTE);
    const taken = await Promise.all(Array.from({ length: 30 }, () => oneTimeSecrets.take(id)));
    expect(taken.filter((secret) => secret !== undefined)).toEqual([SEALED]);
  });

  it('names it by at least 128 random bits', async () => {
    const { oneTimeSecrets } = journal();
    const ids = await Promise.all(Array.from({ length: 50 }, () => oneTimeSecrets.put(SEALED, MINUTE)));
    expect(new Set(ids).size).toBe(50);
    for (const id of ids) expect(Buffer.from(id, 'base64url').length).toBeGreaterThanOrEqual(16);
    for (let place = 0; place < 20; place += 1) {
      expect(new Set(ids.map((id) => id[place])).size, `character ${place}`).toBeGreaterThan(10);
    }
    for (const guess of ['', '%', ids[0]?.slice(0, -1) ?? '', `${ids[0]}A`]) {
      expect(await oneTimeSecrets.take(guess), guess).toBeUndefined();
    }
  });

  it('does not give it back when its time is over, and counts what it clears away', async () => {
    const { oneTimeSecrets } = journal();
    await oneTimeSecrets.purge();
    const ids = [await oneTimeSecrets.put(SEALED, 1), await oneTimeSecrets.put(SEALED, 1)];
    const later = await oneTimeSecrets.put(SEALED, MINUTE);
    await sleep(20);
    expect(await oneTimeSecrets.take(ids[0] ?? '')).toBeUndefined();
    expect(await oneTimeSecrets.purge()).toBe(1);
    expect(await oneTimeSecrets.purge()).toBe(0);
    expect(await oneTimeSecrets.take(ids[1] ?? '')).toBeUndefined();
    expect(await oneTimeSecrets.take(later)).toBe(SEALED);
  });

  it('takes only what is sealed, of a bounded size, for a bounded time, and quotes nothing of it', async () => {
    const { oneTimeSecrets } = journal();
    const longest = `${SEALED}${'A'.repeat(4096 - SEALED.length)}`;
    expect(await oneTimeSecrets.take(await oneTimeSecrets.put(longest, MINUTE))).toBe(longest);

    const refused = async (sealed: string, ttlMs: number) => {
      const error: unknown = await oneTimeSecrets.put(sealed, ttlMs).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      return String(error);
    };
    expect(await refused(`${longest}A`, MINUTE)).toContain('at most 4096 characters');
    for (const readable of ['', '987', '{"cvv":"987"}', `${SEALED}\n987`, '987.1.2.3']) {
      const words = await refused(readable, MINUTE);
      expect(words).toContain('sealed, as a compact JWE');
      expect(words).not.toContain('987');
    }
    for (const ttlMs of [0, -1, NaN, Infinity, 3_600_001]) {
      expect(await refused(SEALED, ttlMs)).toContain('from 1 to 3600000 ms');
    }
  });
}
