import type { SealedPayoutRequest } from '../../domain/payout-request.js';
import type { Problem } from '../../domain/problem.js';
import type { EightbConfig } from './config.js';
import type { Direction } from './directory.js';
import { CORE_FIELDS, EXTRA_FIELDS, MAX_FIELD } from './extra-fields.js';
import { clientOf, fullName, optionalFields, phoneOf } from './payout-fields.js';

/** What the chosen direction would refuse of the fields (8b Disbursement §5.1, §5.8). Never repeats a value. */
export function fieldProblems(
  request: SealedPayoutRequest,
  direction: Direction,
  config: EightbConfig,
): readonly Problem[] {
  return [
    ...clientProblems(request, direction),
    ...personProblems(request, config),
    ...extraProblems(request, config),
    ...missingProblems(request, direction),
  ];
}

function clientProblems(
  { destination }: SealedPayoutRequest,
  { clientPattern }: Direction,
): readonly Problem[] {
  // A sealed card is looked at where it is opened.
  if (destination.type === 'card') return [];
  const client = clientOf(destination);
  if (new RegExp(clientPattern, 'u').test(client) && client.length <= MAX_FIELD) return [];
  const field = {
    bank_account: 'destination.accountNumber',
    phone: 'destination.phone',
    wallet: 'destination.walletId',
    stored_card: 'destination',
    hosted_page: 'destination',
  }[destination.type];
  const remedy = `Give one of the form ${clientPattern}, or mend clientPattern in the accounts file`;
  return [{ field, problem: 'is not of the form that this direction takes', remedy }];
}

function personProblems(request: SealedPayoutRequest, config: EightbConfig): readonly Problem[] {
  const problems: Problem[] = [];
  const { firstName = '', lastName = '' } = request.recipient ?? {};
  const missing = [...(firstName === '' ? ['firstName'] : []), ...(lastName === '' ? ['lastName'] : [])];
  for (const name of missing) {
    const remedy = 'Give the first and the last name of the recipient';
    problems.push({ field: `recipient.${name}`, problem: 'is missing: receiver_fio is both names', remedy });
  }
  const fault = faultOf(fullName(request.recipient) ?? '');
  if (fault !== undefined) {
    problems.push({
      field: 'recipient.firstName, recipient.lastName',
      problem: fault,
      remedy: 'Mend the names',
    });
  }
  const phone = phoneOf(request, config);
  if (phone === undefined) {
    const remedy =
      'Give recipient.phone, or set defaultPhone in the accounts file: it is not validated there';
    problems.push({ field: 'recipient.phone', problem: 'is missing: every payout carries one', remedy });
  } else if (!/^\d{3,20}$/.test(phone)) {
    const remedy = 'Write the country code and the number, in digits alone';
    problems.push({
      field: 'recipient.phone',
      problem: 'has characters other than digits, or too many',
      remedy,
    });
  }
  return problems;
}

function extraProblems(
  { providerFields = {}, destination }: SealedPayoutRequest,
  config: EightbConfig,
): readonly Problem[] {
  const hasOwnBank = destination.type === 'bank_account' || destination.type === 'phone';
  return Object.entries(providerFields).flatMap(([name, value]): Problem[] => {
    const field = `providerFields.${name}`;
    if (name === 'destination') return [];
    if (!config.extraFields.includes(name)) {
      const remedy = `Choose of destination, ${config.extraFields.join(', ')}`;
      return [{ field, problem: 'is not a field that this account may send', remedy }];
    }
    if (name === 'receiver_bic' && hasOwnBank) {
      return [{ field, problem: 'is the bank that the destination names itself', remedy: 'Leave it out' }];
    }
    const { form, like } = (Object.hasOwn(EXTRA_FIELDS, name) ? EXTRA_FIELDS[name] : undefined) ?? {};
    const fault = value === '' ? 'is empty' : faultOf(value);
    if (fault !== undefined) return [{ field, problem: fault, remedy: 'Mend it, or leave it out' }];
    if (form === undefined || form.test(value)) return [];
    return [{ field, problem: 'is not of its form', remedy: `Write ${like ?? 'it as the provider has it'}` }];
  });
}

/** Every one that the direction wants, from wherever we would take it. */
function missingProblems(request: SealedPayoutRequest, direction: Direction): readonly Problem[] {
  const given = optionalFields(request, direction);
  const optional = direction.requiredFields.filter((name) => !ALWAYS.includes(name));
  return optional
    .filter((name) => given[name] === undefined)
    .map((name) => ({
      field: FIELD_OF[name] ?? `providerFields.${name}`,
      problem: `is missing: this direction wants ${name}`,
      remedy: 'Give it, or choose another direction',
    }));
}

/** Of every payout: they are checked as such. */
const ALWAYS: readonly string[] = CORE_FIELDS;

const FIELD_OF: Readonly<Record<string, string | undefined>> = {
  email: 'recipient.email',
  detailsofpayment: 'description',
};

/** What no field may be. */
function faultOf(value: string): string | undefined {
  if (value.length > MAX_FIELD) return `${value.length} characters, at most ${MAX_FIELD}`;
  return /[\p{Cc}\p{Cs}]/u.test(value) ? 'has control characters' : undefined;
}
