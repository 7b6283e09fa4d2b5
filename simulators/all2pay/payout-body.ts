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
import type { TokenReader } from './se-token.js';
import { readTarget } from './target.js';
import type { Variant } from './variant.js';

export interface PayoutBody {
  readonly orderNumber: string;
  readonly amount: number;
  readonly currency: string;
  readonly description?: string | undefined;
  readonly language?: string | undefined;
  readonly clientId?: string | undefined;
  readonly merchantLogin?: string | undefined;
  /** The payer's stored card; whether it exists is for the bank to say. */
  readonly sourceBindingId?: string | undefined;
  readonly jsonParams?: Readonly<Record<string, string>> | undefined;
}

/** What reading a request depends on. */
export interface ReadingRules {
  readonly variant: Variant;
  readonly merchants: ReadonlySet<string> | undefined;
  readonly openToken: TokenReader;
}

export interface RegisterBody extends PayoutBody {
  readonly returnUrl: string;
  readonly failUrl?: string | undefined;
  readonly sessionTimeoutSecs: number;
}

export interface PerformBody extends PayoutBody {
  readonly target: MaskedTarget;
}

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

export function orderNumberRule({ orderNumberPattern }: Variant): { max: number; pattern: RegExp } {
  return { max: 32, pattern: new RegExp(orderNumberPattern) };
}

export function readRegister(body: JsonObject, rules: ReadingRules): RegisterBody {
  refuseOthers(body, [...COMMON_FIELDS, 'urls', 'sessionTimeoutSecs'], 'registerPayout');
  const common = readCommon(body, rules);
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

export function readPerform(body: JsonObject, rules: ReadingRules): PerformBody {
  refuseOthers(body, [...COMMON_FIELDS, 'target'], 'performPayout');
  const common = readCommon(body, rules);
  const target = readTarget(body, rules.variant, (token) => rules.openToken(token, common.orderNumber));
  // SBP is for transit accounts alone.
  if (common.sourceBindingId !== undefined && target.maskedPhone !== undefined) throw refusal(14);
  if (target.bindingId !== undefined && common.clientId === undefined) throw refusal(4, 'client.clientId');
  return { ...common, target };
}

function readCommon(body: JsonObject, { variant, merchants }: ReadingRules): PayoutBody {
  const orderNumber = requiredText(body, 'orderNumber', orderNumberRule(variant));
  const amount = requiredInteger(body, 'amount', 12);
  if (amount < variant.minAmountMinor) throw refusal(5, 'amount', `>= ${variant.minAmountMinor}`);
  if (body['currency'] === undefined || body['currency'] === null) throw refusal(4, 'currency');
  if (body['currency'] !== '643') throw refusal(10);
  const description = optionalText(body, 'description', { max: 598 });
  const language = optionalText(body, 'language', LANGUAGE)?.toLowerCase();
  const merchantLogin = readMerchant(body, merchants);
  const sourceBindingId = readSource(body);
  const clientId = readClient(body, variant.requireClientName);
  return {
    ...{ orderNumber, amount, currency: '643', description, language, clientId, merchantLogin },
    sourceBindingId,
    jsonParams: readJsonParams(body),
  };
}

/** A child merchant, in a parent-child scheme only (§5). */
export function readMerchant(
  body: JsonObject,
  merchants: ReadonlySet<string> | undefined,
): string | undefined {
  const merchant = optionalText(body, 'merchantLogin', { max: 255 });
  if (merchant !== undefined && merchants?.has(merchant) === false) throw refusal(21);
  return merchant;
}

function readSource(body: JsonObject): string | undefined {
  const source = optionalObject(body, 'source');
  if (!source) return undefined;
  refuseOthers(source, ['bindingId'], 'source', 'source.');
  return requiredText(source, 'bindingId', { max: 255 }, 'source.');
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
