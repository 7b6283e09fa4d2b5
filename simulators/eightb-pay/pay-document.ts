/** Reads the document of `/pay` and `/pay/recurrent`, strictly. 8b.world /pay §4.1. */
import { createHash } from 'node:crypto';

import { toMinor } from './decimal.js';
import { flag, isObject, optionalText, requiredText, type JsonObject } from './fields.js';
import type { Order } from './order.js';
import { invalid } from './refusal.js';
import type { Shop } from './settings.js';

export interface PayDocument {
  readonly order: Order;
  /** Answer with a link instead of the page. */
  readonly getUrl: boolean;
  readonly token: string | undefined;
}

/** @throws Refusal */
export function readPayDocument(document: JsonObject, shop: Shop, now: number): PayDocument {
  const { currencies, requiredFields, zone } = shop.variant;
  const text = (name: string, otherwise: string): string =>
    requiredFields ? requiredText(document, name) : (optionalText(document, name) ?? otherwise);

  const amount = toMinor(document['amount']);
  if (amount === undefined) throw invalid('amount', 'must be positive with at most two decimals');
  const currency = requiredText(document, 'currency', 3);
  if (!currencies.includes(currency)) throw invalid('currency', 'is not supported');
  const params = document['params'] ?? {};
  if (!isObject(params)) throw invalid('params', 'must be an object');
  if (requiredFields) requiredText(params, 'user_email');
  optionalText(params, 'user_id');
  optionalText(document, 'ip');
  const extra = params['extra_params'] ?? {};
  if (!isObject(extra)) throw invalid('params.extra_params', 'must be an object');
  const lang = text('lang', 'en');
  if (!/^[a-z]{2}$/.test(lang)) throw invalid('lang', 'must be two letters');

  const order: Order = {
    ...{ apiKey: shop.apiKey, amount, currency, lang },
    reference: requiredText(document, 'reference'),
    description: text('description', ''),
    successUrl: webAddress('success_url', text('success_url', 'https://8b.world/')),
    failureUrl: webAddress('failure_url', text('failure_url', 'https://8b.world/')),
    expiresAt: readExpiration(text('expiration', '9999-01-01 00:00'), zone, now),
    keepCard: flag(params, 'pay_token_flag'),
    verification: flag(params, 'verification_flag'),
    fingerprint: createHash('sha256').update(JSON.stringify(document)).digest('hex'),
    recurrent: false,
    sessions: [],
  };
  flag(params, 'random_amount_flag');
  return { order, getUrl: flag(params, 'flag_get_url'), token: optionalText(document, 'pay_token') };
}

/** `YYYY-MM-DD HH:MM` in the shop's zone. */
export function readMinute(name: string, text: string, zone: string): number {
  const at = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/.test(text)
    ? Date.parse(`${text.replace(' ', 'T')}:00${zone}`)
    : NaN;
  if (Number.isNaN(at)) throw invalid(name, 'must be YYYY-MM-DD HH:MM');
  return at;
}

function readExpiration(text: string, zone: string, now: number): number {
  const at = readMinute('expiration', text, zone);
  if (at <= now) throw invalid('expiration', 'is in the past');
  return at;
}

function webAddress(name: string, url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw invalid(name, 'must be a URL');
  return url;
}
