import type { ListAnswer } from '../domain/provider-answer.js';
import type { TimeSpan } from '../domain/time-span.js';
import type { ListReading } from '../providers/port.js';

/** So many pieces fit into one activity's time. */
const MAX_PIECES = 7;
/** Of some 250 bytes each: Temporal takes an answer of 2 MB. */
const MAX_LINES = 5_000;

/** More than one answer can hold. */
interface TooMuch {
  readonly kind: 'too_much';
  readonly words: string;
}

/** A list over a span, in pieces as long as the provider gives them. All of it, or none. */
export async function readList<Line>(
  reading: ListReading<Line>,
  { from, to }: TimeSpan,
  signal: AbortSignal,
): Promise<ListAnswer<Line> | TooMuch> {
  const end = Date.parse(to);
  if (end - Date.parse(from) > MAX_PIECES * reading.maxSpanMs) {
    const hours = (MAX_PIECES * reading.maxSpanMs) / 3_600_000;
    return { kind: 'too_much', words: `is more than the ${hours} hours that can be asked for at once` };
  }
  const lines: Line[] = [];
  for (let start = Date.parse(from); start < end; start += reading.maxSpanMs) {
    const piece = {
      from: new Date(start).toISOString(),
      to: new Date(Math.min(start + reading.maxSpanMs, end)).toISOString(),
    };
    const answer = await reading.read(piece, signal);
    if (answer.kind !== 'answered') return answer;
    lines.push(...answer.lines);
    if (lines.length > MAX_LINES) {
      return { kind: 'too_much', words: `has more than ${MAX_LINES} lines` };
    }
  }
  return { kind: 'answered', lines };
}
