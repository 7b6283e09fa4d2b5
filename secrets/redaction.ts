import { isCardNumber, maskCardNumber } from '../domain/card.js';

const SECRET_NAMES =
  /pass(word|phrase)|secret|authorization|api[-_]?key|token|cvv|cvc|sealed|private|fingerprintkey/i;
const CARD_LIKE = /(?<!\d)\d(?:[^\p{L}\d\n]{0,3}\d){12,18}(?!\d)/gu;
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
  return text.replace(CARD_LIKE, (found) => {
    const digits = found.replace(/\D/g, '');
    return isCardNumber(digits) ? maskCardNumber(digits) : found;
  });
}

function redactError(error: Error, depth: number): unknown {
  return {
    name: error.name,
    message: redactText(error.message),
    ...(error.stack !== undefined ? { stack: redactText(error.stack) } : {}),
    ...(error.cause !== undefined ? { cause: redact(error.cause, depth + 1) } : {}),
  };
}
