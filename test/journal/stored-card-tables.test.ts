import { CompiledQuery, Kysely, PostgresDialect, sql, type Dialect, type LogEvent } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Journal } from '../../journal/port.js';
import { migrate } from '../../journal/migrate.js';
import * as payoutTables from '../../journal/migrations/0001-payouts.js';
import * as storedCardTables from '../../journal/migrations/0004-stored-cards.js';
import { createOneTimeSecrets } from '../../journal/one-time-secrets.js';
import { openPglite } from '../../journal/open-pglite.js';
import { createPayoutJournal } from '../../journal/payouts.js';
import { pgliteDialect } from '../../journal/pglite-dialect.js';
import { postgresPool } from '../../journal/postgres-pool.js';
import { createStoredCardJournal } from '../../journal/stored-cards/stored-cards.js';
import type { Tables } from '../../journal/tables.js';
import { startPostgres } from '../support/postgres.js';
import * as cards from './support/cards.js';
import { keyOf, newPayout, OPERATOR, PROVIDER, unique } from './support/samples.js';

const PAN = '2200000000000004';
const { newCard, cardKeyOf } = cards;

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

const pglite = async () => pgliteDialect((await openPglite(undefined)).database);
const server = async () => {
  const url = (await postgres?.createDatabase(unique('tables'))) ?? '';
  return new PostgresDialect({ pool: postgresPool({ url, maxConnections: 2, statementTimeoutMs: 10_000 }) });
};

describe('the tables of stored cards on PGlite', () => tables(pglite));
describe.runIf(postgres !== undefined)('the tables of stored cards on PostgreSQL', () => tables(server));

function tables(dialect: () => Promise<Dialect>): void {
  let db: Kysely<Tables>;
  let journal: Pick<Journal, 'payouts' | 'storedCards' | 'oneTimeSecrets'>;
  const statements: string[] = [];
  const log = ({ query }: LogEvent) => void statements.push(query.sql);
  beforeAll(async () => {
    db = new Kysely<Tables>({ dialect: await dialect(), log });
    await migrate(db);
    journal = {
      payouts: createPayoutJournal(db),
      storedCards: createStoredCardJournal(db),
      oneTimeSecrets: createOneTimeSecrets(db),
    };
  });
  afterAll(() => db.destroy());

  /** Beside the journal, as someone with a database client would. */
  const run = (text: string) => db.executeQuery(CompiledQuery.raw(text));

  it('have no place where a readable card or CVV could be left', async () => {
    const entry = newCard();
    const key = cardKeyOf(entry);
    await journal.storedCards.accept(entry);
    const row = `merchant = '${key.merchant}'`;
    const otherwise = (column: string, value: string) =>
      `update stored_cards set ${column} = ${value} where ${row}`;
    const request = (path: string, value: string) =>
      otherwise('request', `jsonb_set(request, '{${path}}', '"${value}"')`);
    for (const statement of [
      otherwise('masked', `'${PAN}'`),
      otherwise('masked', `'220000****** 0004'`),
      request('card,sealed', PAN),
      request('card,masked', PAN),
      request('card,number', PAN),
      request('card,cvv', '123'),
      request('card,cvvSecretId', 'abc'),
      request('card', PAN),
      otherwise('request', `request - 'card'`),
      otherwise('request', `'{}'`),
      `insert into one_time_secrets values ('a', '123', now())`,
      `insert into one_time_secrets values ('a', '{"cvv":"123"}', now())`,
      `insert into one_time_secrets values ('a', '${cards.SEALED}${'A'.repeat(4096)}', now())`,
    ]) {
      await expect(run(statement), statement).rejects.toMatchObject({ code: '23514' });
    }
    await run(`insert into one_time_secrets values ('a', '${cards.SEALED}', now())`);
  });

  it('hold the sealed card in one column and the sealed secret in another, and copies of neither', async () => {
    const [card, secret] = ['Y2FyZA', 'c2VjcmV0'].map((text) => `eyJ.${text}.${unique('x')}.a.b`);
    const entry = newCard({ card: { sealed: card ?? '', masked: '220000******0004' } });
    const key = cardKeyOf(entry);
    await journal.storedCards.accept(entry);
    const id = await journal.oneTimeSecrets.put(secret ?? '', 60_000);
    await journal.storedCards.beginStoring(key);
    await journal.storedCards.endUnsent(key);
    for (const word of [cards.CHALLENGE, cards.STORED, cards.NOT_STORED])
      await journal.storedCards.recordProgress(key, word, PROVIDER);
    await journal.storedCards.remove(key, OPERATOR);

    const { rows } = await sql<{ name: string; column: string }>`
      select table_name as name, column_name as column from information_schema.columns
      where table_schema = current_schema()`.execute(db);
    const holding = async (text: string) => {
      const places: string[] = [];
      for (const { name, column } of rows) {
        const found = await sql`
          select 1 from ${sql.table(name)} where strpos(${sql.ref(column)}::text, ${text}) > 0`.execute(db);
        if (found.rows.length > 0) places.push(`${name}.${column}`);
      }
      return places;
    };
    expect(await holding(card ?? '')).toEqual(['stored_cards.request']);
    expect(await holding(secret ?? '')).toEqual(['one_time_secrets.sealed']);
    expect(await holding(id)).toEqual(['one_time_secrets.id']);
    await journal.oneTimeSecrets.take(id);
    expect(await holding(secret ?? '')).toEqual([]);
    expect(await holding(id)).toEqual([]);
  });

  it('refuse to be rewritten', async () => {
    const entry = newCard();
    await journal.storedCards.accept(entry);
    for (const statement of [
      `update stored_card_events set actor = 'nobody'`,
      `delete from stored_card_events`,
      `truncate stored_card_events`,
      `delete from stored_cards`,
      `truncate stored_cards cascade`,
      `delete from order_ids`,
      `update order_ids set order_id = 'x'`,
      `truncate order_ids`,
    ]) {
      await expect(run(statement), statement).rejects.toThrow('The journal is permanent');
    }
    expect(await journal.storedCards.events(cardKeyOf(entry))).toHaveLength(1);
  });

  it('take an active card with its provider’s id only, and an action only while it is required', async () => {
    const entry = newCard();
    await journal.storedCards.accept(entry);
    const row = `where merchant = '${entry.request.merchant}'`;
    for (const status of ['active', 'action_required', 'paid'])
      await expect(run(`update stored_cards set status = '${status}' ${row}`)).rejects.toMatchObject({
        code: '23514',
      });
    await expect(run(`update stored_cards set action = '{}' ${row}`)).rejects.toMatchObject({
      code: '23514',
    });
  });

  it('know the order ids of payouts that were there before them', { timeout: 180_000 }, async () => {
    const old = new Kysely<Tables>({ dialect: await dialect() });
    // A migration knows no tables: they come to be by it.
    const empty = old as unknown as Kysely<unknown>;
    await payoutTables.up(empty);
    const payout = newPayout();
    // A column of today's that is written here and means nothing there.
    await sql`alter table payouts add column card_fingerprint text`.execute(old);
    await createPayoutJournal(old).accept(payout);
    await storedCardTables.up(empty);
    await sql`alter table stored_cards add column card_fingerprint text`.execute(old);
    const { storedCards, payouts } = {
      storedCards: createStoredCardJournal(old),
      payouts: createPayoutJournal(old),
    };
    expect(await storedCards.accept(newCard({}, payout.orderId))).toEqual({ kind: 'order_id_taken' });
    expect((await payouts.accept(payout)).kind).toBe('repeat');
    const later = newPayout();
    await payouts.accept(later);
    expect(await storedCards.accept(newCard({}, later.orderId))).toEqual({ kind: 'order_id_taken' });
    await old.destroy();
  });

  it('cost the round trips that are promised', async () => {
    const { storedCards, payouts, oneTimeSecrets } = journal;
    const cost = async (call: () => Promise<unknown>) => {
      statements.length = 0;
      await call();
      return statements.length;
    };
    const entry = newCard();
    const key = cardKeyOf(entry);
    const payout = newPayout({ orderId: entry.orderId });
    const progress = (word: Parameters<typeof storedCards.recordProgress>[1]) => () =>
      storedCards.recordProgress(key, word, PROVIDER);
    let id = '';

    expect(await cost(() => storedCards.accept(entry))).toBe(1);
    expect(await cost(() => storedCards.accept(entry))).toBe(2);
    expect(await cost(() => storedCards.accept({ ...entry, contentFingerprint: 'x' }))).toBe(2);
    expect(await cost(() => storedCards.accept(newCard({}, entry.orderId)))).toBe(2);
    expect(await cost(() => payouts.accept(payout))).toBe(1);
    expect(await payouts.get(keyOf(payout))).toBeUndefined();
    expect(await cost(() => storedCards.read(key))).toBe(1);
    expect(await cost(() => storedCards.findByOrder(entry.request.account, entry.orderId))).toBe(1);
    expect(await cost(() => storedCards.list({}, { limit: 5 }))).toBe(1);
    expect(await cost(() => storedCards.events(key))).toBe(1);
    expect(await cost(() => storedCards.beginStoring(key))).toBe(1);
    expect(await cost(() => storedCards.beginStoring(key))).toBe(1);
    expect(await cost(() => storedCards.endUnsent(key))).toBe(1);
    expect(await cost(progress(cards.STORING))).toBe(1);
    expect(await cost(progress(cards.STORED))).toBe(2);
    expect(await cost(() => storedCards.remove(key, OPERATOR))).toBe(2);
    expect(await cost(() => storedCards.remove(key, OPERATOR))).toBe(1);
    expect(await cost(async () => (id = await oneTimeSecrets.put(cards.SEALED, 1_000)))).toBe(1);
    expect(await cost(() => oneTimeSecrets.take(id))).toBe(1);
    expect(await cost(() => oneTimeSecrets.purge())).toBe(1);
  });
}
