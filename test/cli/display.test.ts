import { describe, expect, it } from 'vitest';
import { displayFor } from '../../cli/run/display.js';
import { recordingIo, rowState } from './cli-fixture.js';

describe('a run shown by lines', () => {
  it('tells each end once, also of rows of several files that have the same line', () => {
    const { io, out } = recordingIo();
    const display = displayFor(io, { json: true });
    const rows = ['P-001', 'S-001'].map((payoutId) =>
      rowState({ line: 2, payoutId, status: 'succeeded' as const }),
    );
    for (const row of [...rows, ...rows]) display.change(row, rows);
    const told = out()
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { payoutId: string }).payoutId);
    expect(told).toEqual(['P-001', 'S-001']);
  });
});
