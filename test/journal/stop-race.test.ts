import { Kysely } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readCacheDir } from '../../config/cache-dir.js';
import { migrate } from '../../journal/migrate.js';
import { openPglite } from '../../journal/open-pglite.js';
import { createPaymentJournal } from '../../journal/payments/payments.js';
import { createPayoutJournal } from '../../journal/payouts.js';
import { pgliteDialect } from '../../journal/pglite-dialect.js';
import { createStopJournal } from '../../journal/stops/stops.js';
import type { Tables } from '../../journal/tables.js';
import { acceptedPayment } from './support/payments.js';
import { keyOf, newPayout, OPERATOR } from './support/samples.js';

/*
 * A stop committed between the reading of a decision and the writing of its intent. PGlite has one connection, which
 * serves in the order of asking: a stop that is asked for right after the reading comes before the writing.
 */
let db: Kysely<Tables>;
let close: () => Promise<void>;
const statements: string[] = [];

beforeAll(async () => {
  const { database, release } = await openPglite(undefined, readCacheDir());
  db = new Kysely<Tables>({
    dialect: pgliteDialect(database),
    log: ({ query }) => void statements.push(query.sql.trim().split(/\s+/, 1)[0] ?? ''),
  });
  close = async () => {
    await db.destroy();
    await release();
  };
  await migrate(db);
}, 180_000);
afterAll(() => close());
beforeEach(() => {
  statements.length = 0;
});

async function aPayout() {
  const payouts = createPayoutJournal(db);
  const entry = newPayout();
  await payouts.accept(entry);
  const key = keyOf(entry);
  statements.length = 0;
  return { key, begin: () => payouts.beginAttempt(key, { step: 'execute', requestFingerprint: 'bytes-1' }) };
}

const stop = (merchant: string) =>
  createStopJournal(db).add({ scope: { kind: 'merchant', value: merchant }, ...OPERATOR });

it('a stop in between holds: the intent is not written', async () => {
  const { key, begin } = await aPayout();
  const [began] = await Promise.all([begin(), stop(key.merchant)]);
  expect(began).toEqual({ kind: 'stopped' });
  // Read, stopped (and so audited), tried to write; then once more under a lock.
  expect(statements.slice(0, 3)).toEqual(['select', 'with', 'with']);
  expect(await createPayoutJournal(db).attempts(key)).toEqual([]);
});

it('so does one of a payment', async () => {
  const payments = createPaymentJournal(db);
  const key = await acceptedPayment({ payments });
  statements.length = 0;
  const [began] = await Promise.all([
    payments.beginStart(key, { kind: 'start', requestFingerprint: 'f' }),
    stop(key.merchant),
  ]);
  expect(began).toEqual({ kind: 'stopped' });
  expect(statements.slice(0, 3)).toEqual(['select', 'with', 'with']);
  expect((await payments.read(key))?.calls).toEqual([]);
});

it('costs a payout that is not stopped no round trip', async () => {
  const { begin } = await aPayout();
  expect(await begin()).toEqual({ kind: 'go', number: 1 });
  expect(statements).toHaveLength(2);
});
