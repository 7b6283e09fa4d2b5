import { describe, expect, it, vi } from 'vitest';
import type { PayoutRow } from '../../batch/payout-row.js';
import { readPayoutsCsv } from '../../batch/read-payouts-csv.js';
import { noteOf } from '../../cli/run/first-row-state.js';
import { runPayouts, type RunOptions } from '../../cli/run/run-payouts.js';
import { EngineUnavailableError, PayoutConflictError, PayoutInvalidError } from '../../client/errors.js';
import type { PayoutClient } from '../../client/payout-client.js';
import type { PayoutId } from '../../domain/ids.js';
import type { Payout } from '../../domain/payout.js';
import { CARD, payout } from './cli-fixture.js';

type Client = Pick<PayoutClient, 'create' | 'wait'>;

function rowsOf(...ids: readonly string[]): readonly PayoutRow[] {
  const header = 'payout_id,merchant,account,amount,currency,destination,card_number';
  const lines = ids.map((id) => `${id},acme,acme-a2p,10050,RUB,card,${CARD}`);
  const file = readPayoutsCsv(Buffer.from([header, ...lines].join('\n')));
  if (!file.ok) throw new Error('bad fixture');
  return file.rows;
}

function named(id: string, change: Partial<Payout> = {}): Payout {
  return payout({ payoutId: id as PayoutId, ...change });
}

function clientOf(client: Partial<Client>): Client {
  return {
    create: (request) => Promise.resolve(named(request.payoutId)),
    wait: ({ payoutId }) => Promise.resolve(named(payoutId)),
    ...client,
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const action = { type: 'redirect', url: 'https://pay.example/1' } as const;

async function statuses(
  options: Omit<RunOptions, 'rows'> & { rows?: RunOptions['rows'] },
): Promise<string[]> {
  const rows = await runPayouts({ rows: rowsOf('P-1'), ...options });
  return rows.map((row) => row.status);
}

describe('a run', () => {
  it('creates every payout and follows it to its end', async () => {
    const seen: string[] = [];
    let waits = 0;
    const client = clientOf({
      create: ({ payoutId }) => Promise.resolve(named(payoutId, { status: 'processing' })),
      wait: ({ payoutId }) =>
        Promise.resolve(named(payoutId, ++waits < 3 ? { status: 'processing' } : { reference: '42' })),
    });
    const rows = await runPayouts({
      client,
      rows: rowsOf('P-1'),
      onChange: (row) => seen.push(`${row.status} ${row.note ?? ''}`.trim()),
    });
    expect(seen).toEqual(['starting', 'processing', 'succeeded ref 42']);
    expect(rows[0]).toMatchObject({ status: 'succeeded', line: 2, payout: { reference: '42' } });
    expect(rows[0]?.endedAt).toBeGreaterThanOrEqual(rows[0]?.startedAt ?? Infinity);
  });

  it('has no more under way than it may', async () => {
    let [busy, most] = [0, 0];
    const create: Client['create'] = async ({ payoutId }) => {
      most = Math.max(most, ++busy);
      await pause(5);
      busy -= 1;
      return named(payoutId);
    };
    const ids = Array.from({ length: 30 }, (_, index) => `P-${index}`);
    const done = await statuses({ client: clientOf({ create }), rows: rowsOf(...ids), concurrency: 4 });
    expect(done).toEqual(ids.map(() => 'succeeded'));
    expect(most).toBe(4);
  });

  it('does not let those who wait for their recipient hold up the others', async () => {
    let left = 1;
    const client = clientOf({
      create: ({ payoutId }) =>
        Promise.resolve(named(payoutId, payoutId === 'P-3' ? {} : { status: 'action_required', action })),
      wait: async ({ payoutId }) => {
        while (left > 0) await pause(1);
        return named(payoutId);
      },
    });
    const onChange: RunOptions['onChange'] = (row) => {
      if (row.payoutId === 'P-3' && row.status === 'succeeded') left = 0;
    };
    const rows = rowsOf('P-1', 'P-2', 'P-3');
    expect(await statuses({ client, rows, concurrency: 1, onChange })).toEqual([
      'succeeded',
      'succeeded',
      'succeeded',
    ]);
  });

  it('tells of an action once, and what went wrong with it', async () => {
    let waits = 0;
    const client = clientOf({
      create: ({ payoutId }) => Promise.resolve(named(payoutId, { status: 'action_required', action })),
      wait: async ({ payoutId }) => {
        await pause(1);
        return named(payoutId, ++waits < 4 ? { status: 'action_required', action } : { status: 'expired' });
      },
    });
    const onAction = vi.fn(() => Promise.reject(new Error('no form')));
    const notes: (string | undefined)[] = [];
    const onChange: RunOptions['onChange'] = (row) => notes.push(row.note);
    expect(await statuses({ client, onAction, onChange })).toEqual(['expired']);
    expect(onAction).toHaveBeenCalledTimes(1);
    expect(notes).toContain('open https://pay.example/1');
    expect(notes).toContain('no form');
  });

  it('leaves recipients to it where told so', async () => {
    const client = clientOf({
      create: ({ payoutId }) => Promise.resolve(named(payoutId, { status: 'action_required', action })),
      wait: () => Promise.reject(new Error('must not wait')),
    });
    expect(await statuses({ client, until: 'answered' })).toEqual(['action_required']);
  });

  it('tells refusals in the engine’s words and goes on', async () => {
    const problem = { field: 'account', problem: 'is not known', remedy: 'Use another.' };
    const client = clientOf({
      create: ({ payoutId }) => {
        if (payoutId === 'P-1') return Promise.reject(new PayoutInvalidError([problem]));
        if (payoutId === 'P-2') return Promise.reject(new PayoutConflictError(named('P-2')));
        return Promise.resolve(named(payoutId));
      },
    });
    const rows = await runPayouts({ client, rows: rowsOf('P-1', 'P-2', 'P-3') });
    expect(rows.map((row) => row.status)).toEqual(['refused', 'refused', 'succeeded']);
    expect(rows[0]?.note).toBe('account: is not known. Use another.');
    expect(rows[1]?.note).toContain('P-2 is taken by a payout of 10050 RUB');
  });

  it('asks again while the engine is away, and gives up in the end', async () => {
    let calls = 0;
    const away = new EngineUnavailableError('Temporal is away');
    const create: Client['create'] = ({ payoutId }) =>
      ++calls === 1 ? Promise.reject(away) : Promise.resolve(named(payoutId));
    expect(await statuses({ client: clientOf({ create }) })).toEqual(['succeeded']);
    expect(calls).toBe(2);
    const rows = await runPayouts({
      client: clientOf({ create: () => Promise.reject(away) }),
      rows: rowsOf('P-1'),
      patienceMs: 0,
    });
    expect(rows[0]).toMatchObject({ status: 'unreachable', note: 'Temporal is away' });
  });

  it('ends at once when interrupted: no new row, and the ones under way as they were', async () => {
    const interrupt = new AbortController();
    const create = vi.fn<Client['create']>(async ({ payoutId }) => {
      interrupt.abort();
      await pause(20);
      return named(payoutId);
    });
    const rows = rowsOf('P-1', 'P-2', 'P-3');
    const done = await statuses({
      client: clientOf({ create }),
      rows,
      concurrency: 1,
      signal: interrupt.signal,
    });
    expect(done).toEqual(['starting', 'waiting', 'waiting']);
    await pause(30);
    expect(create).toHaveBeenCalledTimes(1);
  });

  it('knows the first row of each payout', async () => {
    const rows = await runPayouts({ client: clientOf({}), rows: rowsOf('P-1', 'P-2', 'P-1') });
    expect(rows.map((row) => row.repeats)).toEqual([undefined, undefined, 2]);
    expect(rows.map((row) => row.note)).toEqual([undefined, undefined, 'same payout as line 2']);
  });
});

describe('a note', () => {
  it.each([
    ['The order[o-1] is not registered in the gateway.', 'The order is not registered in the gateway.'],
    ['The order [o-1] is gone', 'The order is gone'],
    [
      'The provider does not know order o-1, 7 s after the request',
      'The provider does not know the order, 7 s after the request',
    ],
    ['The order o-1 is late', 'The order is late'],
    ['Unknown: o-1', 'Unknown:'],
    ['order o-12 and [x]', 'order o-12 and [x]'],
  ])('does not repeat our own order id: %s', (message, shown) => {
    expect(noteOf(payout({ reason: { code: '98', message } }))).toBe(`98: ${shown}`);
  });
});
