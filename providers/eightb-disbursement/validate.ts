import { formatMoney, type Money } from '../../domain/money.js';
import type { SealedPayoutRequest } from '../../domain/payout-request.js';
import type { Problem } from '../../domain/problem.js';
import { amountProblems } from '../amount-problems.js';
import type { ProviderCapabilities, ProviderLimits } from '../port.js';
import { wireAmount } from './amount.js';
import type { EightbConfig } from './config.js';
import { chooseDirection, type Chosen } from './directory.js';
import { fieldProblems } from './validate-fields.js';

/** What 8b Disbursement would certainly refuse, told before anything is sent. Pure. */
export function validate(
  request: SealedPayoutRequest,
  config: EightbConfig,
  capabilities: ProviderCapabilities,
  limits: ProviderLimits,
): readonly Problem[] {
  const { destination, source } = request;
  if (!capabilities.destinations.includes(destination.type)) {
    return [
      {
        field: 'destination.type',
        problem: `This account cannot pay to a ${destination.type}`,
        remedy: `Choose one of ${capabilities.destinations.join(', ')}, or another account`,
      },
    ];
  }
  const amount = moneyProblems(request.amount, config, limits);
  const chosen = chooseDirection(config.destinations, request);
  return [
    ...amount,
    ...orderIdProblems(request, limits),
    ...(source === undefined ? [] : [NO_SOURCE]),
    // Which direction it is hangs on the currency.
    ...(chosen.kind === 'one'
      ? fieldProblems(request, chosen.direction, config)
      : amount.length > 0
        ? []
        : [directionProblem(request, chosen)]),
  ];
}

const NO_SOURCE: Problem = {
  field: 'source',
  problem: "cannot be a payer's card: the money comes from the account's own funds",
  remedy: 'Leave source out',
};

function moneyProblems(amount: Money, config: EightbConfig, limits: ProviderLimits): readonly Problem[] {
  const problems = amountProblems(amount, limits, {
    example: `Write 10050 for 100.50 ${amount.currency}`,
    currencyHint: ': there is one account for each currency',
  });
  if (problems.length > 0 || wireAmount(amount, config) !== undefined) return problems;
  const problem = `${formatMoney(amount)} has more decimals than the provider takes of ${amount.currency}`;
  const remedy = 'Round the amount, or mend amountScale in the accounts file';
  return [{ field: 'amount.minor', problem, remedy }];
}

function orderIdProblems({ orderId }: SealedPayoutRequest, limits: ProviderLimits): readonly Problem[] {
  if (orderId === undefined || limits.orderIdPattern.test(orderId)) return [];
  const problem =
    orderId.length > 20
      ? `${orderId.length} characters, ${limits.orderIdRule}`
      : `has another form than ${limits.orderIdRule}`;
  return [{ field: 'orderId', problem, remedy: 'Change it, or leave it out to have one made' }];
}

function directionProblem(
  { destination, amount }: SealedPayoutRequest,
  chosen: Exclude<Chosen, { kind: 'one' }>,
): Problem {
  const field = 'providerFields.destination';
  const codes = chosen.fitting.join(', ');
  switch (chosen.kind) {
    case 'several':
      return {
        field,
        problem: `is missing: several directions pay ${amount.currency} to a ${destination.type}`,
        remedy: `Give one of ${codes}`,
      };
    case 'another':
      return {
        field,
        problem: `is no direction that pays ${amount.currency} to a ${destination.type}`,
        remedy: `Give one of ${codes}, or leave it out where there is only one`,
      };
    case 'none':
      return {
        field: 'destination',
        problem: `no direction of this account pays ${amount.currency} to such a ${destination.type}`,
        remedy: "Choose another destination, or complete the account's directory (destinations)",
      };
  }
}
