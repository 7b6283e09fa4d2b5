/** What registerPayout and performPayout say, checked. All2pay payouts document §3, §5 and §6. */
import { CREDENTIAL_FIELDS } from './authentication.js';
import type { JsonObject } from './fields.js';
import {
  optionalInteger,
  optionalObject,
  optionalText,
  refuseOthers,
  requiredInteger,
  requiredText,
} from './fields.js';
import type { MaskedTarget } from './order.js';
import { refusal } from './refusal.js';
import type { Settings } from './settings.js';
import { readTarget } from './target.js';

export interface PayoutBody {
  readonly orderNumber: string;
  readonly amount: number;
  readonly currency: string;
  readonly description?: string | undefined;
  readonly language?: string | undefined;
  readonly clientId?: string | undefined;
  readonly jsonParams?: Readonly<Record<string, string>> | undefined;
}

export interface RegisterBody extends PayoutBody {
  readonly returnUrl: string;
  readonly failUrl?: string | undefined;
  readonly sessionTimeoutSecs: number;
}

export interface PerformBody extends PayoutBody {
  readonly target: MaskedTarget;
}

export const ORDER_NUMBER = { max: 32, pattern: /^[A-Za-z0-9_-]{1,32}$/ };
export const LANGUAGE = { pattern: /^[A-Za-z]{2}$/ };
const ABSOLUTE_URL = { pattern: /^https?:\/\/[^\s/?#]+[^\s]*$/ };
const COMMON_FIELDS = [
  ...CREDENTIAL_FIELDS,
  'orderNumber',
  'amount',
  'currency',
  'description',
  'language',
  'merchantLogin',
  'client',
  'source',
  'jsonParams',
];

export function readRegister(body: JsonObject, settings: Settings): RegisterBody {
  refuseOthers(body, [...COMMON_FIELDS, 'urls', 'sessionTimeoutSecs'], 'registerPayout');
  const common = readCommon(body, settings);
  const urls = optionalObject(body, 'urls');
  if (!urls) throw refusal(4, 'urls.returnUrl');
  refuseOthers(urls, ['returnUrl', 'failUrl'], 'registerPayout', 'urls.');
  return {
    ...common,
    returnUrl: requiredText(urls, 'returnUrl', ABSOLUTE_URL, 'urls.'),
    failUrl: optionalText(urls, 'failUrl', ABSOLUTE_URL, 'urls.'),
    sessionTimeoutSecs: optionalInteger(body, 'sessionTimeoutSecs', 9) ?? 1200,
  };
}

export function readPerform(body: JsonObject, settings: Settings): PerformBody {
  refuseOthers(body, [...COMMON_FIELDS, 'target'], 'performPayout');
  const common = readCommon(body, settings);
  const target = readTarget(body, settings.panPath);
  if (target.bindingId !== undefined && common.clientId === undefined) throw refusal(4, 'client.clientId');
  return { ...common, target };
}

function readCommon(body: JsonObject, settings: Settings): PayoutBody {
  const orderNumber = requiredText(body, 'orderNumber', ORDER_NUMBER);
  const amount = requiredInteger(body, 'amount', 12);
  if (body['currency'] === undefined || body['currency'] === null) throw refusal(4, 'currency');
  if (body['currency'] !== '643') throw refusal(10);
  const description = optionalText(body, 'description', { max: 598 });
  const language = optionalText(body, 'language', LANGUAGE)?.toLowerCase();
  const merchant = optionalText(body, 'merchantLogin', { max: 255 });
  if (merchant !== undefined && settings.merchants?.has(merchant) === false) throw refusal(21);
  // Money comes from the transit account; pulling it from a payer's card is not set up here.
  if (body['source'] !== undefined) throw refusal(14);
  const clientId = readClient(body, settings.requireClientName);
  return {
    orderNumber,
    amount,
    currency: '643',
    description,
    language,
    clientId,
    jsonParams: readJsonParams(body),
  };
}

function readClient(body: JsonObject, requireName: boolean): string | undefined {
  const client = optionalObject(body, 'client') ?? {};
  refuseOthers(client, ['clientId', 'email', 'phone', 'name'], 'client', 'client.');
  if (requireName && !client['name']) throw refusal(15);
  optionalText(client, 'email', { max: 30 }, 'client.');
  optionalText(client, 'phone', { pattern: /^\d{10}$/ }, 'client.');
  optionalText(client, 'name', { max: 24 }, 'client.');
  return optionalText(client, 'clientId', { max: 30 }, 'client.');
}

function readJsonParams(body: JsonObject): Readonly<Record<string, string>> | undefined {
  const params = optionalObject(body, 'jsonParams');
  if (!params) return undefined;
  const entries = Object.entries(params).map(([name, value]): [string, string] => {
    if (typeof value !== 'string') throw refusal(5, `jsonParams.${name}`, 'string');
    return [name, value];
  });
  return Object.fromEntries(entries);
}
