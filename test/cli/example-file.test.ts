import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PayoutRow } from '../../batch/payout-row.js';
import { readPayoutsCsv } from '../../batch/read-payouts-csv.js';
import { packageFile } from '../../cli/package-file.js';
import { parseStoreCardRequest } from '../../schemas/store-card-request.js';

function rowsOf(...path: string[]): readonly PayoutRow[] {
  const file = readPayoutsCsv(readFileSync(packageFile('examples', ...path)));
  if (!file.ok) throw new Error(JSON.stringify(file.problems));
  return file.rows;
}

const rows = rowsOf('payouts.csv');
const rowsWithCards = rowsOf('stored-cards', 'payouts.csv');

describe('examples/payouts.csv', () => {
  it('says how each row is to end', () => {
    expect(rows.length).toBeGreaterThanOrEqual(29);
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

  it('has a card number that travels encrypted, and a signed request', () => {
    const kinds = rows.map(({ request, expect: end }) => [request.account, request.destination.type, end]);
    expect(kinds).toContainEqual(['acme-a2p-setoken', 'card', 'succeeded']);
    expect(kinds).toContainEqual(['acme-a2p-signed', 'card', 'succeeded']);
  });

  it('needs no card that somebody must store first', () => {
    for (const { request } of rows) expect(request.source).toBeUndefined();
  });
});

describe('examples/stored-cards', () => {
  const folder = packageFile('examples', 'stored-cards');
  const cards = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const parsed = parseStoreCardRequest(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')));
      if (!parsed.ok) throw new Error(`${name}: ${JSON.stringify(parsed.problems)}`);
      return parsed.request;
    });

  it('pays to a stored card, and from one in all three ways that 3-D Secure can end', () => {
    const to = rowsWithCards.filter(({ request }) => request.destination.type === 'stored_card');
    expect(to.map((row) => row.expect)).toEqual(['succeeded']);
    const from = rowsWithCards.filter(({ request }) => request.source !== undefined);
    expect(new Set(from.map(({ visitor, expect: end }) => `${visitor} ${end}`))).toEqual(
      new Set(['complete succeeded', 'cancel declined', 'abandon expired']),
    );
    // The simulator's trigger for a challenge.
    for (const { request } of from) expect(request.amount.minor % 1000).toBe(3);
  });

  it('names only the cards beside it, for what they are, at their account', () => {
    const known = cards.map(({ storedCardId, purpose, account }) => `${purpose} ${storedCardId} ${account}`);
    const named = rowsWithCards.flatMap(({ request: { source, destination, account } }) => [
      ...(source ? [`source ${source.storedCardId} ${account}`] : []),
      ...(destination.type === 'stored_card' ? [`destination ${destination.storedCardId} ${account}`] : []),
    ]);
    expect(new Set(named)).toEqual(new Set(known));
  });

  it('has payouts of its own', () => {
    const ids = rows.map(({ request }) => request.payoutId);
    for (const { request } of rowsWithCards) expect(ids).not.toContain(request.payoutId);
  });
});
