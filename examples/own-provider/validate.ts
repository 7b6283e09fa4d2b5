import {
  formatMoney,
  type Problem,
  type ProviderLimits,
  type SealedPayoutRequest,
} from 'payout-engine/providers';
import { fullName } from './request.js';

/** The longest `note` (Pocket Pay §4). */
const MAX_NOTE = 140;

/** What Pocket Pay would certainly refuse, told before anything is sent. Pure; never repeats a card number. */
export function validate(request: SealedPayoutRequest, limits: ProviderLimits): readonly Problem[] {
  const { destination, source, amount, orderId, recipient, description = '', providerFields = {} } = request;
  const { currency, minor } = amount;
  const of = (some: number): string => formatMoney({ minor: some, currency });
  const problems: (Problem | false)[] = [
    destination.type !== 'card' &&
      problem('destination.type', `cannot be ${destination.type}`, 'Pay to a card, or use another account'),
    source !== undefined &&
      problem('source', "cannot be a payer's card: the wallet pays", 'Leave source out'),
    !limits.currencies.includes(currency)
      ? problem('amount.currency', `${currency} is not the wallet's`, `Use ${limits.currencies.join(', ')}`)
      : minor < limits.minMinor
        ? problem('amount.minor', `${of(minor)} is too little`, `Pay at least ${of(limits.minMinor)}`)
        : minor > limits.maxMinor &&
          problem('amount.minor', `${of(minor)} is too much`, `Pay at most ${of(limits.maxMinor)} at once`),
    orderId !== undefined &&
      !limits.orderIdPattern.test(orderId) &&
      problem('orderId', `is not ${limits.orderIdRule}`, 'Change it, or leave it out to have one made'),
    fullName(recipient) === undefined &&
      problem('recipient', 'has no first or no last name', 'Give recipient.firstName and recipient.lastName'),
    description.length > MAX_NOTE &&
      problem('description', `has ${description.length} characters`, `Write at most ${MAX_NOTE}`),
    Object.keys(providerFields).length > 0 &&
      problem('providerFields', 'Pocket Pay has no fields of its own', 'Leave it out'),
  ];
  return problems.filter((found) => found !== false);
}

function problem(field: string, what: string, remedy: string): Problem {
  return { field, problem: what, remedy };
}
