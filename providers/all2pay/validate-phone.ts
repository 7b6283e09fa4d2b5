import type { PhoneDestination, Recipient } from '../../domain/payout-request.js';
import type { Problem } from '../../domain/problem.js';
import type { All2payConfig } from './config.js';

/** All2pay payouts document §6: a Russian number with leading 7, with or without 00 in front. */
const SBP_PHONE = /^(00)?7\d{10}$/;
const CYRILLIC_NAME = /^\p{Script=Cyrillic}[\p{Script=Cyrillic} .'’-]*$/u;

/** What SBP needs: a phone of one form, a bank, and the recipient's names in Cyrillic (§3, §6). */
export function phoneProblems(
  { phone, bankId }: PhoneDestination,
  recipient: Recipient | undefined,
  { sbpBankDirectory }: Pick<All2payConfig, 'sbpBankDirectory'>,
): readonly Problem[] {
  const problems: Problem[] = [];
  if (!SBP_PHONE.test(phone)) problems.push({ field: 'destination.phone', ...explainPhone(phone) });
  if (bankId === '') {
    const remedy = "Give the SBP member number of the recipient's bank: 12 digits";
    problems.push({ field: 'destination.bankId', problem: 'is missing', remedy });
  } else if (sbpBankDirectory !== undefined && !Object.hasOwn(sbpBankDirectory, bankId)) {
    const remedy = "Choose a bank of the account's directory (sbpBankDirectory), or add this one to it";
    problems.push({ field: 'destination.bankId', problem: 'is not a bank that this account knows', remedy });
  }
  problems.push(
    ...nameProblems('recipient.lastName', recipient?.lastName, true),
    ...nameProblems('recipient.firstName', recipient?.firstName, true),
    ...nameProblems('recipient.middleName', recipient?.middleName, false),
  );
  return problems;
}

/** Never repeats the number: it is personal, and somebody may have put a card number there. */
function explainPhone(phone: string): Pick<Problem, 'problem' | 'remedy'> {
  const remedy =
    'Write 79160001122 or 0079160001122: a 7, then ten digits, without plus sign, blanks or brackets';
  if (phone.startsWith('+')) return { problem: 'starts with a plus sign', remedy };
  if (/[^0-9]/.test(phone)) return { problem: 'has characters other than digits', remedy };
  if (/^8\d{10}$/.test(phone)) return { problem: 'starts with 8, the prefix of calls inside Russia', remedy };
  if (/^9\d{9}$/.test(phone)) return { problem: 'lacks the country code 7', remedy };
  if (!/^(00)?7/.test(phone)) return { problem: 'does not start with 7, the country code of Russia', remedy };
  const expected = phone.startsWith('00') ? 13 : 11;
  return { problem: `has ${phone.length} digits instead of ${expected}`, remedy };
}

function nameProblems(field: string, name: string | undefined, required: boolean): readonly Problem[] {
  if (name === undefined || name === '') {
    if (!required && name === undefined) return [];
    const remedy = required
      ? 'Give the name in Cyrillic, as the bank knows it'
      : 'Leave it out if the person has none';
    return [{ field, problem: required ? 'is missing; SBP needs it' : 'is empty', remedy }];
  }
  if (CYRILLIC_NAME.test(name)) return [];
  return [
    { field, problem: 'is not in Cyrillic letters', remedy: 'Write it in Cyrillic, as the bank knows it' },
  ];
}
