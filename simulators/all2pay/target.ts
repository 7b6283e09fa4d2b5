/** Where the money goes: exactly one variant. All2pay payouts document §3 "target" and §6 "SBP variant". */
import { checkPan, maskPan, maskPhone } from './card.js';
import type { JsonObject } from './fields.js';
import { isObject, optionalText, refuseOthers, requiredText } from './fields.js';
import type { MaskedTarget } from './order.js';
import { refusal } from './refusal.js';
import type { Variant } from './variant.js';

const CYRILLIC_NAME = { max: 100, pattern: /^[А-Яа-яЁё][А-Яа-яЁё '-]*$/ };
const SBP_FIELDS = ['phone', 'bankId', 'lastName', 'firstName', 'middleName'];

/**
 * A stored card is only named here: whether it exists is for the bank to say.
 *
 * @param openToken gives the card number of a seToken, or throws row 7
 */
export function readTarget(
  body: JsonObject,
  { panPath, cards }: Variant,
  openToken: (token: unknown) => string,
): MaskedTarget {
  const target = body['target'];
  if (target === undefined || target === null) throw refusal(4, 'target');
  if (!isObject(target)) throw refusal(5, 'target', 'object');
  const cardField = panPath === 'target.pan' ? 'pan' : 'card';
  refuseOthers(target, [cardField, 'bindingId', 'seToken', ...SBP_FIELDS], 'performPayout', 'target.');

  const sbp = SBP_FIELDS.some((name) => target[name] !== undefined);
  const variants = [cardField, 'bindingId', 'seToken'].filter((name) => target[name] !== undefined);
  if (variants.length + (sbp ? 1 : 0) !== 1) throw refusal(7);
  if (sbp) return readSbp(target);
  if (target['bindingId'] !== undefined) {
    return { bindingId: requiredText(target, 'bindingId', { max: 255 }, 'target.') };
  }
  if (target['seToken'] !== undefined) {
    if (cards === 'panOnly') throw refusal(7);
    return { maskedPan: maskPan(openToken(target['seToken'])) };
  }
  if (cards === 'seTokenOnly') throw refusal(6, panPath, 'performPayout');
  return { maskedPan: maskPan(readPan(target, panPath)) };
}

function readPan(target: JsonObject, panPath: string): string {
  if (panPath === 'target.pan') return checkPan(target['pan'], panPath);
  const card = target['card'];
  if (!isObject(card)) throw refusal(5, 'target.card', 'object');
  refuseOthers(card, ['pan'], 'performPayout', 'target.card.');
  if (card['pan'] === undefined) throw refusal(4, panPath);
  return checkPan(card['pan'], panPath);
}

function readSbp(target: JsonObject): MaskedTarget {
  const phone = requiredText(target, 'phone', { pattern: /^(00)?7\d{10}$/ }, 'target.');
  requiredText(target, 'bankId', { max: 32, pattern: /^\d+$/ }, 'target.');
  requiredText(target, 'lastName', CYRILLIC_NAME, 'target.');
  requiredText(target, 'firstName', CYRILLIC_NAME, 'target.');
  optionalText(target, 'middleName', CYRILLIC_NAME, 'target.');
  return { maskedPhone: maskPhone(phone) };
}
