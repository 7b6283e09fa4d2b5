import { CURRENCIES } from '../../domain/currencies.js';
import { isLacking, type PayoutProvider } from '../../providers/port.js';
import type { Role } from '../words.js';

const CALLBACKS = {
  none: 'none',
  hint: 'a hint: one question confirms what it says',
  proof: 'a proof by itself',
} as const;

/** What an adapter says of itself, as rows of a table. Of accounts with the provider's defaults, callbacks switched on. */
export function capabilityRows(
  adapters: Partial<Readonly<Record<Role, PayoutProvider>>>,
): readonly (readonly [string, string])[] {
  const { polled, called_back: calledBack } = adapters;
  if (!polled) return [];
  const { capabilities, limits, cards, balance } = polled;
  const { callbacks } = (calledBack ?? polled).capabilities;
  return [
    ['pays to', capabilities.destinations.map((type) => type.replaceAll('_', ' ')).join(', ')],
    ['takes from the stored card of a payer', capabilities.sources ? 'yes' : 'no'],
    [
      'currencies',
      limits.currencies
        .map((code) => `${code} (${CURRENCIES[code as keyof typeof CURRENCIES].numeric})`)
        .join(', '),
    ],
    ['order ids', limits.orderIdRule],
    ['callbacks', CALLBACKS[callbacks]],
    ['stores cards', isLacking(cards) ? cards.lacking : cards.purposes.map(purposeWords).join(', ')],
    ['balance', isLacking(balance) ? balance.lacking : 'yes'],
    ['after a proven "not found"', limits.resendAfterNotFound],
  ];
}

function purposeWords(purpose: 'destination' | 'source'): string {
  return purpose === 'destination' ? 'of recipients' : 'of payers';
}
