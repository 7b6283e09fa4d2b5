import type { SealedPayoutRequest } from '../../domain/payout-request.js';
import type { Problem } from '../../domain/problem.js';
import { amountProblems } from '../amount-problems.js';
import type { ProviderCapabilities, ProviderLimits } from '../port.js';
import { MAX_ORDER_NUMBER } from './capabilities.js';
import { clientProblems } from './client-fields.js';
import type { All2payConfig } from './config.js';
import { phoneProblems } from './validate-phone.js';
import { returnUrlProblems } from './validate-urls.js';

/** All2pay payouts document §5, §6. */
const MAX_DESCRIPTION = 598;
const MAX_BINDING_ID = 255;

/** What All2pay would certainly refuse, told before anything is sent. Pure. */
export function validate(
  request: SealedPayoutRequest,
  config: All2payConfig,
  capabilities: ProviderCapabilities,
  limits: ProviderLimits,
): readonly Problem[] {
  const { destination } = request;
  if (!capabilities.destinations.includes(destination.type)) {
    return [
      {
        field: 'destination.type',
        problem: `All2pay cannot pay to a ${destination.type}`,
        remedy: `Choose one of ${capabilities.destinations.join(', ')}, or another account`,
      },
    ];
  }
  return [
    ...amountProblems(request.amount, limits, { example: 'Write 10050 for 100.50 RUB' }),
    ...orderIdProblems(request, limits),
    ...destinationProblems(request, config),
    ...sourceProblems(request),
    ...clientProblems(request.recipient, destination.type, config),
    ...descriptionProblems(request),
  ];
}

function orderIdProblems({ orderId }: SealedPayoutRequest, limits: ProviderLimits): readonly Problem[] {
  if (orderId === undefined || limits.orderIdPattern.test(orderId)) return [];
  const problem =
    orderId.length > MAX_ORDER_NUMBER
      ? `${orderId.length} characters, ${limits.orderIdRule}`
      : `has another form than ${limits.orderIdRule}`;
  return [{ field: 'orderId', problem, remedy: 'Change it, or leave it out to have one made' }];
}

function destinationProblems(request: SealedPayoutRequest, config: All2payConfig): readonly Problem[] {
  const { destination, recipient, returnUrls } = request;
  switch (destination.type) {
    case 'phone':
      return phoneProblems(destination, recipient, config);
    case 'stored_card': {
      const { length } = destination.storedCardId;
      const problem = `${length} characters, must be 1 to ${MAX_BINDING_ID}`;
      if (length >= 1 && length <= MAX_BINDING_ID) return [];
      return [
        { field: 'destination.storedCardId', problem, remedy: 'Give the bindingId of the stored card' },
      ];
    }
    case 'hosted_page':
      if (returnUrls === undefined) {
        return [
          {
            field: 'returnUrls',
            problem: 'are missing; the page must know where to send the browser back to',
            remedy: 'Give returnUrls.success and, if it differs, returnUrls.failure',
          },
        ];
      }
      return returnUrlProblems(returnUrls);
    default:
      return [];
  }
}

/** From a payer's card to a card, or by the page; a phone is paid from the account's own funds alone (§1, §5, §6). */
function sourceProblems({ source, destination }: SealedPayoutRequest): readonly Problem[] {
  if (source === undefined) return [];
  if (destination.type === 'phone') {
    return [
      {
        field: 'source',
        problem: "cannot be a payer's card: All2pay pays to phones from the account's own funds only",
        remedy: 'Leave source out, or pay to a card',
      },
    ];
  }
  const { length } = source.storedCardId;
  if (length >= 1 && length <= MAX_BINDING_ID) return [];
  return [
    {
      field: 'source.storedCardId',
      problem: `${length} characters, must be 1 to ${MAX_BINDING_ID}`,
      remedy: "Give the id under which the payer's card was stored",
    },
  ];
}

function descriptionProblems({ description }: SealedPayoutRequest): readonly Problem[] {
  if (description === undefined || description.length <= MAX_DESCRIPTION) return [];
  return [
    {
      field: 'description',
      problem: `${description.length} characters, at most ${MAX_DESCRIPTION}`,
      remedy: 'Shorten it',
    },
  ];
}
