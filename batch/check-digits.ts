import { column, type ColumnName } from './columns.js';
import type { FileProblem } from './problem.js';
import { safeToShow } from './safe-to-show.js';

type Complaint = Pick<FileProblem, 'problem' | 'remedy'>;

const AS_TEXT = 'Format the column as text in the spreadsheet, type the number again and save.';

/** What is wrong with a cell that must hold digits and nothing else; spreadsheets' ways of spoiling them by name. */
export function checkDigits(name: ColumnName, value: string): Complaint | undefined {
  if (/^\d+$/.test(value)) return name === 'amount' ? tooLong(value) : undefined;
  const shown = column(name).secret === true ? 'its value' : safeToShow(value);
  if (/^[+-]?\d+(?:[.,]\d*)?E[+-]?\d+$/i.test(value)) {
    return {
      problem: `${shown} is a number that a spreadsheet shortened: its digits are lost`,
      remedy: AS_TEXT,
    };
  }
  if (/^[=@]/.test(value)) {
    return { problem: `${shown} is a formula where digits are expected`, remedy: 'Write the plain digits.' };
  }
  if (name === 'amount') return wrongAmount(value, shown);
  if (/^[\d\s.\-+()]+$/.test(value)) {
    return {
      problem: `${shown} has other characters among its digits`,
      remedy: 'Write digits only, without blanks.',
    };
  }
  return { problem: `${shown} is not a number`, remedy: 'Write digits only.' };
}

/** Longer than any number that JavaScript keeps exact; the request's own limit is below that. */
function tooLong(value: string): Complaint | undefined {
  const digits = value.replace(/^0+/, '').length;
  if (digits <= 15) return undefined;
  return { problem: `has ${digits} digits`, remedy: 'An amount has at most 12 digits, in minor units.' };
}

function wrongAmount(value: string, shown: string): Complaint {
  if (/^-/.test(value)) {
    return { problem: `${shown} is negative`, remedy: 'A payout has an amount of at least 1 minor unit.' };
  }
  const remedy = 'Write a whole number of minor units, digits only: 100.50 RUB is 10050.';
  return /^\d[\d\s.,']*$/.test(value)
    ? { problem: `${shown} is not a whole number of minor units`, remedy }
    : { problem: `${shown} is not a number`, remedy };
}
