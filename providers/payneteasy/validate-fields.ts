import type { SealedPayoutRequest } from '../../domain/payout-request.js';
import type { Problem } from '../../domain/problem.js';
import type { PayneteasyConfig } from './config.js';
import { mayBeGiven, ruleOf } from './field-table.js';
import { payoutFields, type PayoutField } from './payout-fields.js';

/** Half of a surrogate pair, which is no text in any encoding, or a control character, which no bank takes. */
const UNSENDABLE = /\p{Cs}|\p{Cc}/u;

/** What is wrong with the provider's fields: not allowed, missing, given twice, too long, of a wrong form. */
export function fieldProblems(request: SealedPayoutRequest, config: PayneteasyConfig): readonly Problem[] {
  const fields = payoutFields(request, config);
  return [
    ...fields.flatMap((field) => notAllowed(field, config)),
    ...givenTwice(fields),
    ...missing(fields, config),
    ...fields.flatMap((field) => badValue(field, config)),
  ];
}

function notAllowed({ name, from }: PayoutField, { allowedFields }: PayneteasyConfig): readonly Problem[] {
  if (!from.startsWith('providerFields.') || (allowedFields.includes(name) && mayBeGiven(name))) return [];
  const given = mayBeGiven(name);
  return [
    {
      field: from,
      problem: given ? 'is not among the fields of this account' : 'is set by the engine alone',
      remedy: given ? `Leave it out, or use one of ${allowedFields.join(', ')}` : 'Leave it out',
    },
  ];
}

/** Two values for one name: nobody could say which of them the receiver gets. */
function givenTwice(fields: readonly PayoutField[]): readonly Problem[] {
  return fields.flatMap(({ name, value, from }, place) => {
    const first = fields.findIndex((other) => other.name === name);
    const other = fields[first];
    if (first === place || other === undefined || other.value.trim() === value.trim()) return [];
    const problem = `differs from ${other.from}, which is sent as ${name} too`;
    return [{ field: from, problem, remedy: 'Give it once' }];
  });
}

function missing(fields: readonly PayoutField[], config: PayneteasyConfig): readonly Problem[] {
  return config.requiredFields
    .filter((name) => !fields.some((field) => field.name === name && field.value.trim() !== ''))
    .filter((name) => !ALWAYS_SENT.includes(name) && !isOfOtherDestination(name, fields))
    .map((name) => ({
      field: OUR_NAMES[name] ?? `providerFields.${name}`,
      problem: 'is missing; this account cannot pay without it',
      remedy: `Give it: the provider wants it as ${name}`,
    }));
}

const ALWAYS_SENT: readonly string[] = ['client_orderid', 'amount', 'currency'];

/** Where the payout has a field of its own for one of the provider's. */
const OUR_NAMES: Readonly<Record<string, string>> = {
  order_desc: 'description',
  redirect_url: 'returnUrls.success',
  first_name: 'recipient.firstName',
  last_name: 'recipient.lastName',
  phone: 'recipient.phone',
};

const NAMES_OF_DESTINATIONS = ['account_number', 'credit_card_number', 'destination-card-ref-id'];

/** An endpoint that needs an account number for accounts does not need one for cards. */
function isOfOtherDestination(name: string, fields: readonly PayoutField[]): boolean {
  return NAMES_OF_DESTINATIONS.includes(name) && !fields.some((field) => field.name === name);
}

function badValue({ name, value, from }: PayoutField, { maxLengths }: PayneteasyConfig): readonly Problem[] {
  const problem = (words: string, remedy: string): readonly Problem[] => [
    { field: from, problem: words, remedy },
  ];
  const text = value.trim();
  const rule = ruleOf(name);
  const { min = 1, pattern, shape = '' } = rule ?? {};
  const max = Object.hasOwn(maxLengths, name) ? maxLengths[name] : rule?.max;
  if (UNSENDABLE.test(text)) return problem('holds characters that cannot be sent', 'Write it as plain text');
  if (text.length < min) return problem(`has ${text.length} characters, at least ${min}`, 'Give it in full');
  // Its length is known only once the engine has put its own return door in its place.
  const known = name !== 'redirect_url';
  if (max !== undefined && known && text.length > max) {
    return problem(`${text.length} characters, at most ${max}`, 'Shorten it');
  }
  if (pattern && !pattern.test(text)) return problem(`is not ${shape}`, `Give ${shape}`);
  return [];
}
