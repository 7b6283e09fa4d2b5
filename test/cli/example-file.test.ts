import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPayoutsCsv } from '../../batch/read-payouts-csv.js';
import { packageFile } from '../../cli/package-file.js';

describe('examples/payouts.csv', () => {
  const file = readPayoutsCsv(readFileSync(packageFile('examples', 'payouts.csv')));
  const rows = file.ok ? file.rows : [];

  it('is a good file that says how each row is to end', () => {
    expect(file).toMatchObject({ ok: true });
    expect(rows.length).toBeGreaterThanOrEqual(22);
    for (const row of rows) expect(row.expect, `line ${row.line}`).toBeDefined();
  });

  it('plays every trigger of the simulator, over both accounts, to every kind of destination', () => {
    const endings = new Set(rows.map(({ request }) => request.amount.minor % 1000));
    for (const trigger of [6, 7, 116, 121, 902, 404, 500, 501, 504, 505]) expect(endings).toContain(trigger);
    const kinds = new Set(rows.map(({ request }) => `${request.account} ${request.destination.type}`));
    for (const account of ['acme-a2p', 'acme-a2p-poll']) {
      for (const type of ['card', 'stored_card', 'phone', 'hosted_page'])
        expect(kinds).toContain(`${account} ${type}`);
    }
    expect(new Set(rows.map(({ visitor }) => visitor))).toEqual(
      new Set([undefined, 'complete', 'abandon', 'cancel']),
    );
    expect(new Set(rows.map((row) => row.expect))).toEqual(
      new Set(['succeeded', 'declined', 'expired', 'in_review', 'duplicate']),
    );
  });
});
