/** Reads `payout` strictly: every bad field is named. 8b Disbursement §5.1. */
import { minorOfAmount } from './decimal.js';
import { isFresh } from './freshness.js';
import type { Fields } from './form.js';
import { REFUSALS, invalid } from './refusal.js';
import type { Direction, Service, Settings } from './settings.js';

export interface PayoutBody {
  readonly id: string;
  readonly dt: string;
  readonly amount: string;
  readonly minor: number;
  readonly currency: string;
  readonly destination: string;
  readonly client: string;
}

/** Optional fields and their forms. */
const ANY = /^.{1,255}$/u;
const OPTIONAL: Readonly<Record<string, RegExp>> = {
  payout_currency: /^[A-Z]{3}$/,
  receiver_bic: ANY,
  ...Object.fromEntries(
    [
      ...['payer_fio', 'payer_last_name', 'payer_first_name', 'payer_middle_name', 'payer_doc_type'],
      ...['payer_doc_ser', 'payer_doc_num', 'payer_doc_issuer', 'payer_doc_date', 'payer_birth_date'],
      ...['payer_birth_place', 'payer_address', 'receiver_city', 'receiver_address', 'receiver_address_2'],
      ...['receiver_citizenship', 'detailsofpayment', 'payer_ip', 'email', 'account_type'],
    ].map((name) => [name, ANY]),
  ),
  receiver_country: /^[A-Z]{2}$/,
  receiver_zip: /^\d{3,10}$/,
  receiver_birth_date: /^\d{4}-\d\d-\d\d$/,
  card_holder: /^[\p{L} ]{1,255}$/u,
  card_currency: /^[A-Z]{3}$/,
  card_expire: /^(0[1-9]|1[0-2])\/\d\d$/,
};

const REQUIRED: Readonly<Record<string, RegExp>> = {
  id: /^[A-Za-z0-9]{1,20}$/,
  dt: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
  amount: /^\d{1,12}(\.\d{1,4})?$/,
  currency: /^[A-Z]{3}$/,
  phone: /^\d{1,20}$/,
  client: ANY,
  destination: ANY,
  receiver_fio: ANY,
};

/** @throws Refusal */
export function readPayout(fields: Fields, service: Service, { directions }: Settings): PayoutBody {
  for (const [name, form] of Object.entries(REQUIRED)) {
    if (!form.test(fields.get(name) ?? '')) throw invalid(name);
  }
  const text = (name: string): string => fields.get(name) ?? '';
  const direction = directions.get(text('destination'));
  if (!direction) throw REFUSALS.unknownDestination;
  for (const [name, value] of fields) {
    if (name in REQUIRED || name === 'hash' || name === 'secretkey') continue;
    if (OPTIONAL[name]?.test(value) !== true) throw invalid(name);
  }
  if (!isFresh(text('dt'), service)) throw invalid('dt');
  const minor = minorOfAmount(text('amount'), service.variant.amountScale, service.exponent);
  if (minor === undefined) throw invalid('amount');
  const currency = text('currency');
  if (currency !== service.currency || !direction.currencies.includes(currency))
    throw REFUSALS.currencyMismatch;
  checkDirection(fields, direction);
  return {
    ...{ id: text('id'), dt: text('dt'), amount: text('amount'), minor, currency },
    ...{ destination: text('destination'), client: text('client') },
  };
}

function checkDirection(fields: Fields, { requiredFields, clientPattern }: Direction): void {
  for (const name of requiredFields) if (!fields.has(name)) throw invalid(name);
  if (!clientPattern.test(fields.get('client') ?? '')) throw invalid('client');
}
