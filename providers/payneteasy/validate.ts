import type { SealedPayoutRequest } from '../../domain/payout-request.js';
import type { Problem } from '../../domain/problem.js';
import { amountProblems } from '../amount-problems.js';
import type { ProviderCapabilities, ProviderLimits } from '../port.js';
import type { PayneteasyConfig } from './config.js';
import { fieldProblems } from './validate-fields.js';
import { webAddress } from '../web-address.js';

/** What Payneteasy would certainly refuse, told before anything is sent. Pure. */
export function validate(
  request: SealedPayoutRequest,
  config: PayneteasyConfig,
  capabilities: ProviderCapabilities,
  limits: ProviderLimits,
): readonly Problem[] {
  const { destination } = request;
  if (!capabilities.destinations.includes(destination.type)) {
    return [
      {
        field: 'destination.type',
        problem: `this Payneteasy account cannot pay to a ${destination.type}`,
        remedy: `Choose one of ${capabilities.destinations.join(', ')}, or another account`,
      },
    ];
  }
  return [
    ...amountProblems(request.amount, limits, { example: 'Write 15050 for 150.50' }),
    ...orderIdProblems(request, limits),
    ...sourceProblems(request),
    ...returnUrlProblems(request),
    ...fieldProblems(request, config),
  ];
}

function orderIdProblems({ orderId }: SealedPayoutRequest, limits: ProviderLimits): readonly Problem[] {
  if (orderId === undefined || limits.orderIdPattern.test(orderId)) return [];
  const remedy = 'Change it, or leave it out to have one made';
  return [{ field: 'orderId', problem: `has another form than ${limits.orderIdRule}`, remedy }];
}

function sourceProblems({ source }: SealedPayoutRequest): readonly Problem[] {
  if (source === undefined) return [];
  return [
    {
      field: 'source',
      problem: "cannot be a payer's card: Payneteasy pays out of the account's own funds only",
      remedy: 'Leave source out',
    },
  ];
}

function returnUrlProblems({ returnUrls }: SealedPayoutRequest): readonly Problem[] {
  if (returnUrls === undefined || webAddress(returnUrls.success) !== undefined) return [];
  const remedy = 'Write it with its scheme and without user name: https://shop.example/paid';
  return [{ field: 'returnUrls.success', problem: 'is not an absolute URL', remedy }];
}
