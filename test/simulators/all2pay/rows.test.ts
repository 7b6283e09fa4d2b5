import { expect, test } from 'vitest';
import { HEADERS, LOGIN, simulate } from './support.js';

const METHODS = [
  'registerPayout',
  'performPayout',
  'getPayoutStatus',
  'createTargetBindingId',
  'createSourceBindingId',
  'getBalance',
] as const;
const ROWS = Array.from({ length: 34 }, (_row, place) => place + 1);

/** HTTP status and code of every row, as the document's table has them. */
const TABLE: Readonly<Record<string, readonly number[]>> = {
  '200/116': [1],
  '200/121': [2],
  '200/902': [3],
  '400/98': [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
  '401/90': [17, 18],
  '404/': [19],
  '500/99': [20, 21, 22, 23],
  '502/99': [24, 25, 26, 27, 28],
  '502/204': [29, 30],
  '502/400': [31],
  '502/98': [32],
  '504/91': [33, 34],
};

test('every row of the error table can be provoked, for any method', async () => {
  const simulator = await simulate();
  const seen: Record<string, number[]> = {};
  for (const method of METHODS) {
    for (const row of ROWS) {
      const orderNumber = `R-${row}`;
      await simulator.control.inject({ kind: 'row', row, method, orderNumber });
      const path = method === 'getBalance' ? 'sim-invented/getBalance' : method;
      const body = JSON.stringify({ ...LOGIN, orderNumber });
      const answer = await fetch(`${simulator.baseUrl}/${path}.do`, {
        method: 'POST',
        headers: HEADERS,
        body,
      });
      const text = await answer.text();
      expect(text).not.toMatch(/%1|%2|undefined/);
      const code = text.startsWith('<') ? '' : (JSON.parse(text) as { errorCode: string }).errorCode;
      const rows = (seen[`${answer.status}/${code}`] ??= []);
      if (!rows.includes(row)) rows.push(row);
    }
  }
  expect(seen).toEqual(TABLE);
  expect((await simulator.control.ledger()).totals.orders).toBe(0);
});

test('a row names what it is told to, and may come after the deed', async () => {
  const simulator = await simulate();
  await simulator.control.inject(
    { kind: 'row', row: 5, subject: 'target.phone', method: 'keys' },
    { kind: 'row', row: 32, method: 'echo' },
  );
  const keys = (await (await fetch(`${simulator.baseUrl}/keys.do`)).json()) as { errorMessage: string };
  expect(keys.errorMessage).toMatch(/^\[target.phone\] does not match required pattern \[/);
  const echo = (await (await fetch(`${simulator.baseUrl}/echo`)).json()) as { errorMessage: string };
  expect(echo.errorMessage).toBe("Mrbin\u2423can't\u2423find\u2423this\u2423card");
});
