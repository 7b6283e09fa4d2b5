import { isCardNumber } from '../../domain/card.js';
import type { StoredCardPurpose } from '../../domain/stored-card.js';
import { shortCode, type Reading } from './reading.js';
import type { All2payAnswer } from './responses.js';

/** Of a card that is being stored, what an answer may echo. */
export interface CardEcho {
  readonly number: string;
  readonly ownerId: string;
}

/** The provider's id of the card: by itself, or in the block that a payout's status has (All2pay payouts document §3, §7a). */
export function bindingIdOf(answer: All2payAnswer, purpose: StoredCardPurpose): string | undefined {
  const block = purpose === 'destination' ? answer.target : answer.source;
  return answer.bindingId ?? block?.bindingId;
}

/** S[255], of visible characters, and never a card number. */
export function isUsableBindingId(bindingId: string): boolean {
  return /^[\x21-\x7e]{1,255}$/.test(bindingId) && !isCardNumber(bindingId.replace(/[ -]/g, ''));
}

/** Why an answer cannot be about our card, in words. */
export function strangeness(
  answer: All2payAnswer,
  from: { readonly call: 'store' | 'status'; readonly http: number },
  reading: Reading & { readonly purpose: StoredCardPurpose; readonly card?: CardEcho | undefined },
): string | undefined {
  const { card, purpose, config } = reading;
  const { orderType, clientId, maskedPan } = answer;
  if (orderType !== undefined && !config.orderTypeValues[purpose].includes(orderType)) {
    const other = purpose === 'destination' ? 'source' : 'destination';
    if (config.orderTypeValues[other].includes(orderType)) {
      return `The provider calls it a card to be a ${other}`;
    }
    reading.onUnmapped({ ...from, what: 'order_type', code: shortCode(orderType) });
  }
  if (card === undefined) return undefined;
  if (clientId !== undefined && clientId !== card.ownerId) return 'The card was stored for another owner';
  // Masks differ in length and filling: only the first and the last four digits can be compared (§3).
  const shown = /^(\d{4}).*(\d{4})$/.exec(maskedPan ?? '');
  if (shown && (shown[1] !== card.number.slice(0, 4) || shown[2] !== card.number.slice(-4))) {
    return 'Another card was stored';
  }
  return undefined;
}
