import { expect, it } from 'vitest';
import { readList } from '../../activities/read-list.js';
import type { ListAnswer } from '../../domain/provider-answer.js';
import type { TimeSpan } from '../../domain/time-span.js';

const HOUR_MS = 3_600_000;
const never = new AbortController().signal;
const hour = (n: number): string => new Date(n * HOUR_MS).toISOString();

function reading(answer: (span: TimeSpan) => ListAnswer<string>) {
  const asked: TimeSpan[] = [];
  const read = (span: TimeSpan): Promise<ListAnswer<string>> => {
    asked.push(span);
    return Promise.resolve(answer(span));
  };
  return { asked, maxSpanMs: HOUR_MS, read };
}

it('asks for a long span in pieces that touch and do not overlap, and puts them together', async () => {
  const list = reading(({ from }) => ({ kind: 'answered', lines: [from] }));
  expect(await readList(list, { from: hour(0), to: hour(2.5) }, never)).toEqual({
    kind: 'answered',
    lines: [hour(0), hour(1), hour(2)],
  });
  expect(list.asked).toEqual([
    { from: hour(0), to: hour(1) },
    { from: hour(1), to: hour(2) },
    { from: hour(2), to: hour(2.5) },
  ]);
});

it('gives all or nothing: a piece without an answer is the answer', async () => {
  const silent = { kind: 'unknown', code: 'timeout', message: 'no answer' } as const;
  const list = reading(({ from }) => (from === hour(1) ? silent : { kind: 'answered', lines: ['x'] }));
  expect(await readList(list, { from: hour(0), to: hour(3) }, never)).toEqual(silent);
  expect(list.asked).toHaveLength(2);
});

it('refuses what one answer cannot hold, in words, and asks nobody for too long a span', async () => {
  const list = reading(() => ({ kind: 'answered', lines: Array.from({ length: 3_000 }, () => 'x') }));
  expect(await readList(list, { from: hour(0), to: hour(2) }, never)).toEqual({
    kind: 'too_much',
    words: 'has more than 5000 lines',
  });
  list.asked.length = 0;
  expect(await readList(list, { from: hour(0), to: hour(8) }, never)).toEqual({
    kind: 'too_much',
    words: 'is more than the 7 hours that can be asked for at once',
  });
  expect(list.asked).toEqual([]);
});
