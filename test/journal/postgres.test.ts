import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openJournal } from '../../journal/open-journal.js';
import type { Journal } from '../../journal/port.js';
import { startPostgres } from '../support/postgres.js';
import { journalContract } from './contract/journal-contract.js';
import { accepted, begin, PROVIDER } from './support/samples.js';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

if (!postgres) it.skip('PostgreSQL is not installed', () => undefined);

describe.runIf(postgres !== undefined)('the journal on PostgreSQL', { timeout: 180_000 }, () => {
  let url: string;
  let journal: Journal;
  beforeAll(async () => {
    url = (await postgres?.createDatabase('journal')) ?? '';
    journal = await openJournal({ kind: 'postgres', url });
  }, 180_000);
  afterAll(() => journal.close());

  journalContract(() => journal, { numRuns: 60 });

  it('opens once and for all in many processes at the same time', async () => {
    const empty = (await postgres?.createDatabase('opened-at-once')) ?? '';
    const options = { kind: 'postgres', url: empty, maxConnections: 2 } as const;
    const opened = await Promise.all(Array.from({ length: 8 }, () => openJournal(options)));
    await Promise.all(opened.map((each) => accepted(each)));
    await Promise.all(opened.map((each) => each.close()));
  });

  it('opens without migrating only where that is not needed', async () => {
    const empty = (await postgres?.createDatabase('not-migrated')) ?? '';
    const opening = openJournal({ kind: 'postgres', url: empty, migrate: false });
    await expect(opening).rejects.toThrow(
      "The journal's schema lacks 0001-payouts, 0002-callbacks, 0003-api-keys, 0004-stored-cards",
    );
    const second = await openJournal({ kind: 'postgres', url, migrate: false });
    await second.check();
    await second.close();
  });

  it('refuses to rewrite history', async () => {
    const key = await accepted(journal);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    for (const statement of [
      `update payout_events set actor = 'nobody'`,
      `delete from payout_events`,
      `truncate payout_events`,
      `update audit_events set actor = 'nobody'`,
      `delete from audit_events`,
      `truncate audit_events`,
      `delete from attempts`,
      `delete from payouts`,
      `truncate payouts cascade`,
    ]) {
      await expect(client.query(statement), statement).rejects.toThrow('The journal is permanent');
    }
    await client.end();
    expect(await journal.payouts.events(key)).toHaveLength(1);
  });

  it('does not read amounts wrongly', async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const key = await accepted(journal);
    await client.query('update payouts set amount_minor = 9007199254740993 where merchant = $1', [
      key.merchant,
    ]);
    await client.end();
    await expect(journal.payouts.get(key)).rejects.toThrow('9007199254740993 is no safe integer');
  });

  it('says plainly that it cannot reach its database', async () => {
    const opening = openJournal({ kind: 'postgres', url: 'postgresql://postgres@127.0.0.1:1/journal' });
    await expect(opening).rejects.toMatchObject({
      name: 'JournalUnavailableError',
      cause: { code: 'ECONNREFUSED' },
    });
  });

  it('goes on after its connections were cut', async () => {
    const key = await accepted(journal);
    await cutConnections();
    // An idle connection's end is noticed at once or with the next query; never by the process dying.
    const patiently = () =>
      begin(journal, key).catch((error: unknown) => {
        expect(error).toMatchObject({ name: 'JournalUnavailableError' });
      });
    await expect.poll(patiently).toEqual({ kind: 'go', number: 1 });
  });

  it('reports every call that an outage hits, loses nothing it confirmed, and works when it is over', async () => {
    const confirmed: Awaited<ReturnType<typeof accepted>>[] = [];
    let stop = false;
    let interrupted = 0;
    const writers = Array.from({ length: 4 }, async () => {
      while (!stop) {
        try {
          const key = await accepted(journal);
          confirmed.push(key);
          await journal.payouts.recordProgress(key, { kind: 'pending' }, PROVIDER);
        } catch (error) {
          expect(error).toMatchObject({ name: 'JournalUnavailableError' });
          interrupted += 1;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await postgres?.restart();
    // A connection that was cut may yet be met: its end is noticed with the next query.
    await expect.poll(() => journal.check().then(() => 'works', String)).toBe('works');
    await new Promise((resolve) => setTimeout(resolve, 200));
    stop = true;
    await Promise.all(writers);
    expect(interrupted).toBeGreaterThan(0);
    for (const key of confirmed) expect(await journal.payouts.get(key)).toBeDefined();
  });

  async function cutConnections(): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await client.end();
  }
});
