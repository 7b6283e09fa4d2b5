import { isCardNumber, maskCardNumber, printedGroups } from '../domain/card.js';

const SECRET_NAMES =
  /pass(word|phrase)|secret|authorization|api[-_]?key|token|cvv|cvc|sealed|private|fingerprintkey/i;
/** Digits that may belong together, by whatever stands between them. */
const RUN = /(?<!\d)\d(?:[^\p{L}\d\n]{0,3}\d){12,}(?!\d)/gu;
const GROUP = /\d+/g;
const MAX_DEPTH = 8;

/** A copy for the log: secrets by name are gone, and whatever reads like a card number is masked, wherever it stands. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'number' && isCardNumber(String(value))) return maskCardNumber(String(value));
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '[deep]';
  if (value instanceof Error) return redactError(value, depth);
  if (value instanceof Date) return value;
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      redactText(name),
      SECRET_NAMES.test(name) && member !== undefined ? '[redacted]' : redact(member, depth + 1),
    ]),
  );
}

export function redactText(text: string): string {
  return text.replace(RUN, maskIn);
}

/** A run may be a number, or hold one beside other digits (`code 5: 4111…`): by itself, or in groups as on a card. */
function maskIn(run: string): string {
  const whole = run.replace(/\D/g, '');
  if (isCardNumber(whole)) return maskCardNumber(whole);
  const found = [...run.matchAll(GROUP)];
  const groups = found.map(([digits]) => digits);
  let masked = '';
  let done = 0;
  for (let first = 0; first < groups.length;) {
    const size = printedGroups(groups, first);
    const [from, last] = [found[first], found[first + size - 1]];
    if (from && last && size > 0) {
      masked += run.slice(done, from.index) + maskCardNumber(groups.slice(first, first + size).join(''));
      done = last.index + last[0].length;
    }
    first += Math.max(size, 1);
  }
  return masked + run.slice(done);
}

function redactError(error: Error, depth: number): unknown {
  return {
    name: error.name,
    message: redactText(error.message),
    ...(error.stack !== undefined ? { stack: redactText(error.stack) } : {}),
    ...(error.cause !== undefined ? { cause: redact(error.cause, depth + 1) } : {}),
  };
}
