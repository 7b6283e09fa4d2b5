import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { commandName } from '../../cli/command-name.js';
import { clock, renderProgressBar } from '../../cli/run/progress-bar.js';
import { renderPlainLine, rowAsJson } from '../../cli/run/plain-line.js';
import type { RowState } from '../../cli/run/row-state.js';
import { renderSummary, reviewHint, summarize } from '../../cli/run/summary.js';
import { renderTable } from '../../cli/run/table.js';
import { CARD, payout, PLAIN, rowState } from './cli-fixture.js';

const NAME = commandName();
const NOON = new Date(2026, 6, 1, 12, 0, 1).getTime();
const view = { width: 110, height: 30, now: NOON, startedAt: NOON - 12_000, colors: PLAIN };

const ROWS: readonly RowState[] = [
  rowState({ status: 'succeeded', startedAt: NOON - 5_200, endedAt: NOON - 2_000, note: 'ref 123' }),
  rowState({
    line: 3,
    payoutId: 'P-0000000002',
    amount: { minor: 5, currency: 'JPY' },
    destination: 'hosted page',
    status: 'action_required',
    startedAt: NOON - 100_000,
    note: 'open https://pay.example',
  }),
  rowState({ line: 4, payoutId: 'P-3', destination: 'phone 79*****1122' }),
];

describe('the table', () => {
  it('lines up: a header, a row per payout, a blank line, the bar', () => {
    expect(renderTable(ROWS, view).split('\n')).toEqual([
      'PAYOUT            AMOUNT  DESTINATION            STATUS                  TIME  NOTE',
      'P-001         100.50 RUB  card 220000******0004  ✔ succeeded            3.2 s  ref 123',
      'P-0000000002       5 JPY  hosted page            ! action_required      01:40  open https://pay.example',
      'P-3           100.50 RUB  phone 79*****1122      · waiting',
      '',
      '━━━━━━━━━━━━━───────────────────────────  1/3  33%  00:12  ✔ 1  ! 1',
    ]);
  });

  it('never is wider or taller than the terminal, and says what it leaves out', () => {
    const rows = Array.from({ length: 200 }, (_, index) =>
      rowState({ line: index + 2, payoutId: `P-${index}`, note: 'x'.repeat(500), status: 'processing' }),
    );
    for (const [width, height] of [
      [90, 24],
      [200, 50],
    ] as const) {
      const lines = renderTable(rows, { ...view, width, height }).split('\n');
      expect(lines.length).toBeLessThan(height);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(width);
      expect(lines).toContainEqual(expect.stringMatching(/^… and \d+ more$/));
    }
  });

  it('shows no note at all where there is no room for one', () => {
    const [, line] = renderTable([rowState({ note: 'some words' })], { ...view, width: 60 }).split('\n');
    expect(line).not.toContain('…');
  });

  it('shows what is under way before what is done, and that before what waits', () => {
    const done = Array.from({ length: 30 }, (_, i) =>
      rowState({ line: i + 2, payoutId: `done-${i}`, status: 'succeeded', endedAt: NOON + i }),
    );
    const waiting = Array.from({ length: 30 }, (_, i) => rowState({ line: i + 40, payoutId: `waits-${i}` }));
    const busy = rowState({ line: 100, payoutId: 'busy', status: 'processing' });
    const text = renderTable([...done, ...waiting, busy], { ...view, height: 10 });
    expect(text).toContain('busy');
    expect(text).toContain('done-29');
    expect(text).not.toContain('done-0 ');
    expect(text).not.toContain('waits');
  });

  it('lets no foreign text break its lines or steer the terminal', () => {
    const text = renderTable([rowState({ note: 'a\nb\u001b[2J\r\u009bc' })], view);
    expect(text.split('\n')).toHaveLength(4);
    // eslint-disable-next-line no-control-regex -- what must not be there
    expect(text).not.toMatch(/[\u001b\u009b\r]/);
  });

  it('colours each status', () => {
    const colors = picocolors.createColors(true);
    expect(renderTable(ROWS, { ...view, colors })).toContain(colors.green('✔ succeeded        '));
  });
});

describe('the progress bar', () => {
  const bar = (rows: readonly RowState[], width = 80): string =>
    renderProgressBar(rows, { width, elapsedMs: 3_723_000, colors: PLAIN });

  it('says 100 % only when all is done', () => {
    const done = Array.from({ length: 999 }, () => rowState({ status: 'declined' }));
    expect(bar([...done, rowState()])).toContain('999/1000  99%  1:02:03  ✖ 999');
    expect(bar(done)).toContain('━'.repeat(30));
    expect(bar(done)).toContain('100%');
  });

  it('counts a payout in review as settled, and an action as not', () => {
    expect(bar([rowState({ status: 'in_review' }), rowState({ status: 'action_required' })])).toContain(
      '1/2  50%  1:02:03  ? 1  ! 1',
    );
  });

  it('counts a repeated row apart, and one that was refused as refused', () => {
    const repeat = rowState({ line: 3, status: 'succeeded', repeats: 2, payout: payout() });
    const refused = rowState({ line: 4, status: 'refused', repeats: 2 });
    expect(bar([rowState({ status: 'succeeded' }), repeat, refused], 100)).toMatch(
      /3\/3 {2}100% {2}1:02:03 {2}✔ 1 {2}✖ 1 {2}1 repeated$/,
    );
  });

  it('keeps to its width, and shows an empty file as done', () => {
    expect(bar([rowState()], 40).length).toBeLessThan(40);
    expect(bar([])).toContain('0/0  100%');
  });

  it('tells the time', () => {
    expect([0, 59_999, 60_000, 3_600_000].map(clock)).toEqual(['00:00', '00:59', '01:00', '1:00:00']);
  });
});

describe('a plain line', () => {
  it('has the time, the id, the status, the amount and the destination', () => {
    const row = rowState({ status: 'succeeded' });
    expect(renderPlainLine(row, NOON)).toBe('12:00:01  P-001  succeeded  100.50 RUB  card 220000******0004');
    expect(renderPlainLine({ ...row, note: 'a\nb' }, NOON)).toMatch(/ {2}a b$/);
  });

  it('is an object for programs, without a readable card number', () => {
    const row = rowState({
      status: 'declined',
      startedAt: 1,
      endedAt: 5,
      payout: payout({ reason: { code: '6', message: 'no' } }),
    });
    expect(rowAsJson(row)).toMatchObject({
      payoutId: 'P-001',
      status: 'declined',
      ms: 4,
      reason: { code: '6' },
    });
    expect(JSON.stringify(rowAsJson(row))).not.toContain(CARD);
  });
});

describe('the summary', () => {
  it('counts states, adds up what was paid once per payout, and names what did not end well', () => {
    const rows = [
      rowState({ status: 'succeeded', payout: payout() }),
      rowState({ line: 3, status: 'succeeded', expect: 'duplicate', repeats: 2, payout: payout() }),
      rowState({ line: 4, payoutId: 'P-2', status: 'declined', expect: 'declined' }),
      rowState({ line: 5, payoutId: 'P-3', status: 'in_review' }),
    ];
    const summary = summarize(rows);
    expect(summary).toMatchObject({ rows: 4, settled: 4, paid: [{ minor: 10050, currency: 'RUB' }] });
    expect(summary.notAsWished.map((row) => row.line)).toEqual([5]);
    expect(renderSummary(summary, { elapsedMs: 9_000, colors: PLAIN })).toEqual([
      '4 rows in 00:09: ✔ 1 succeeded  ✖ 1 declined  ? 1 in_review  1 repeated',
      'All are settled; paid 100.50 RUB.',
    ]);
    expect(reviewHint(summary, ' --data-dir /x')).toEqual([`For a person: ${NAME} review --data-dir /x`]);
    expect(reviewHint(summarize(rows.slice(0, 3)))).toEqual([]);
  });

  it('finds the original of a duplicate among the rows of several files', () => {
    const original = rowState({ line: 2, status: 'declined', expect: 'declined', payout: payout() });
    const other = rowState({ line: 2, payoutId: 'S-001', status: 'succeeded', payout: payout() });
    const repeated = { ...original, line: 30, expect: 'duplicate', repeats: 2 } as const;
    expect(summarize([other, original, repeated]).notAsWished).toEqual([]);
  });

  it('takes a refused duplicate, or one that ended otherwise than its original, for a bad end', () => {
    const original = rowState({ status: 'succeeded', payout: payout() });
    const repeat = rowState({ line: 3, expect: 'duplicate', repeats: 2 });
    expect(summarize([original, { ...repeat, status: 'refused' }]).notAsWished).toHaveLength(1);
    expect(
      summarize([original, { ...repeat, status: 'declined', payout: payout() }]).notAsWished,
    ).toHaveLength(1);
  });
});
