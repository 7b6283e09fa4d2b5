import { expect, it } from 'vitest';
import { run } from '../../chaos/run.js';
import { ensureBuilt } from '../support/built.js';
import { startPostgres } from '../support/postgres.js';
import { tempDir } from '../support/temp-dir.js';
import { temporalBinary } from '../support/temporal-binary.js';

/** A short run of `npm run chaos`, whose blows are few; docs/reliability.md has the long ones. */
it('keeps every promise while everything around it breaks', { timeout: 500_000 }, async (test) => {
  await ensureBuilt();
  const postgres = await startPostgres();
  if (!postgres) return test.skip('PostgreSQL is not installed');
  test.onTestFinished(() => postgres.stop());
  const { summary, findings } = await run({
    ...{ payouts: 50, seed: 4, spanMs: 12_000, blowEveryMs: 2_500, postgres },
    temporalBinary: temporalBinary(),
    directory: tempDir(),
    say: () => undefined,
  });
  console.log(JSON.stringify(summary));
  expect(findings).toEqual({ doubleBookings: [], lost: [], stuck: [], mismatches: [] });
  expect(summary).toMatchObject({ payouts: 50, double_bookings: 0, sent_while_stopped: 0 });
  expect(summary.kills).toBeGreaterThan(0);
  expect(summary.faults).toBeGreaterThan(10);
  // The engine must not keep its promises by paying nobody.
  expect(summary.succeeded).toBeGreaterThan(20);
  expect(summary.asked_while_stopped).toBeGreaterThan(0);
});
