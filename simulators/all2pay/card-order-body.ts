/** What createTargetBindingId and createSourceBindingId say, checked. All2pay payouts document §7a and §14 I4, I5. */
import { CREDENTIAL_FIELDS } from './authentication.js';
import type { StoringMethod } from './card-order.js';
import { checkPan, maskPan } from './card.js';
import type { JsonObject } from './fields.js';
import { optionalText, refuseOthers, requiredText } from './fields.js';
import type { ReadingRules } from './payout-body.js';
import { orderNumberRule, readMerchant } from './payout-body.js';
import { refusal } from './refusal.js';

/** Neither card number nor CVV is in it. */
export interface CardOrderBody {
  readonly orderNumber: string;
  readonly clientId: string;
  readonly maskedPan: string;
  readonly merchantLogin?: string | undefined;
}

const FIELDS = [...CREDENTIAL_FIELDS, 'orderNumber', 'clientId', 'pan', 'month', 'year', 'cardholderName'];

export function readTargetCard(body: JsonObject, rules: ReadingRules): CardOrderBody {
  refuseOthers(body, FIELDS, 'createTargetBindingId');
  return readCard(body, rules);
}

export function readSourceCard(body: JsonObject, rules: ReadingRules): CardOrderBody {
  const { cvvField } = rules.variant;
  refuseOthers(body, [...FIELDS, 'merchantLogin', cvvField], 'createSourceBindingId' satisfies StoringMethod);
  const card = readCard(body, rules);
  requiredText(body, cvvField, { pattern: /^\d{3,4}$/ });
  return { ...card, merchantLogin: readMerchant(body, rules.merchants) };
}

function readCard(body: JsonObject, { variant }: ReadingRules): CardOrderBody {
  const orderNumber = requiredText(body, 'orderNumber', orderNumberRule(variant));
  const clientId = requiredText(body, 'clientId', { max: 30 });
  if (body['pan'] === undefined || body['pan'] === null) throw refusal(4, 'pan');
  const maskedPan = maskPan(checkPan(body['pan'], 'pan'));
  optionalNumberText(body, 'month', /^(0?[1-9]|1[0-2])$/);
  optionalNumberText(body, 'year', /^(20)?\d{2}$/);
  optionalText(body, 'cardholderName', { max: 26 });
  return { orderNumber, clientId, maskedPan };
}

/** The document gives no type for these: text or number. */
function optionalNumberText(body: JsonObject, name: string, pattern: RegExp): void {
  const value = body[name];
  optionalText({ [name]: typeof value === 'number' ? String(value) : value }, name, { pattern });
}
