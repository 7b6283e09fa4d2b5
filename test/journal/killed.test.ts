import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { MerchantId, PayoutId, PayoutKey } from '../../domain/ids.js';
import { openJournal } from '../../journal/open-journal.js';
import { tempDir } from '../support/temp-dir.js';
import { startWriter } from './support/child.js';
import { accepted } from './support/samples.js';

it(
  'opens again after kill -9 in mid-write, with everything that was committed',
  { timeout: 300_000 },
  async () => {
    const directory = tempDir();
    const said: string[] = [];
    for (const lines of [40, 75]) {
      const writer = startWriter(directory);
      await writer.said(lines);
      await writer.kill();
      said.push(...writer.lines);
    }

    const journal = await openJournal({ kind: 'pglite', directory });
    await journal.check();
    expect(said.length).toBeGreaterThanOrEqual(115);
    for (const line of said.filter((each) => each !== 'open')) {
      const [what, merchant, payoutId] = line.split(' ');
      const key: PayoutKey = { merchant: merchant as MerchantId, payoutId: payoutId as PayoutId };
      const stored = await journal.payouts.read(key);
      expect(stored, line).toBeDefined();
      if (what !== 'accepted') expect(stored?.attempts, line).toHaveLength(1);
      if (what === 'answered')
        expect(stored?.payout, line).toMatchObject({ status: 'succeeded', reference: 'ref-1' });
    }
    await accepted(journal);
    await journal.close();
  },
);

it(
  'refuses a second process, in plain words, until the first one is gone',
  { timeout: 300_000 },
  async () => {
    const directory = tempDir();
    const holder = startWriter(directory, 'hold');
    await holder.said(1);
    await expect(openJournal({ kind: 'pglite', directory })).rejects.toThrow(
      `The journal in ${directory} is open in process ${holder.pid}. An embedded journal serves one process: ` +
        'stop that one first, choose another directory, or use PostgreSQL.',
    );
    await holder.kill();

    const journal = await openJournal({ kind: 'pglite', directory });
    await expect(openJournal({ kind: 'pglite', directory })).rejects.toThrow('is open in this same process');
    const key = await accepted(journal);
    await journal.close();

    const again = await openJournal({ kind: 'pglite', directory });
    expect(await again.payouts.get(key)).toBeDefined();
    await again.close();
    expect((await readdir(directory)).sort()).toEqual(['complete', 'data']);
  },
);

it(
  'starts afresh where a process was killed before it had created the database',
  { timeout: 180_000 },
  async () => {
    const directory = tempDir();
    await mkdir(join(directory, 'data', 'base'), { recursive: true });
    await writeFile(join(directory, 'data', 'PG_VERSION'), '18\n');
    const journal = await openJournal({ kind: 'pglite', directory });
    await journal.check();
    await journal.close();
    const names = (await readdir(directory)).map((name) => name.replace(/\d+$/, ''));
    expect(names.sort()).toEqual(['complete', 'data', 'data.incomplete-']);
  },
);
