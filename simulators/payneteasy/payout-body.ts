/** Strict reading of payouts. Payneteasy §6.1 to §6.3. */
import { readAmount } from './amount.js';
import type { Form } from './encoding.js';
import type { Command } from './request-log.js';
import type { Merchant } from './settings.js';

/** What is wrong with a request, in the gateway's words. */
export class Invalid extends Error {
  override readonly name = 'Invalid';
}

export interface PayoutBody {
  readonly clientOrderId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly accountNumber: string | undefined;
  /** Masked. */
  readonly destination: string;
  readonly serverCallbackUrl: string | undefined;
  readonly notifyUrl: string | undefined;
  readonly redirectUrl: string | undefined;
}

/** Longest values (§6.1). */
const LENGTHS: Readonly<Record<string, number>> = {
  amount: 10,
  currency: 3,
  order_desc: 64,
  ipaddress: 45,
  purpose: 128,
  server_callback_url: 128,
  notify_url: 128,
  redirect_url: 128,
  account_number: 24,
  bank_name: 255,
  bank_branch: 255,
  bank_province: 255,
  bank_city: 255,
  bank_area: 255,
  routing_number: 16,
  account_name: 128,
  first_name: 50,
  last_name: 50,
  phone: 15,
  credit_card_number: 19,
  expire_month: 2,
  expire_year: 4,
  card_printed_name: 128,
  'destination-card-ref-id': 20,
};

/** @throws Invalid */
export function readPayout(
  command: Command,
  form: Form,
  { variant, currencies, cardReferences }: Merchant,
): PayoutBody {
  const required = (name: string): string => {
    const value = form[name] ?? '';
    if (value === '') throw new Invalid(`Parameter ${name} is required`);
    return value;
  };
  const clientOrderId = required(variant.orderIdField);
  if (clientOrderId.length > 128) throw new Invalid(`Parameter ${variant.orderIdField} is too long`);
  for (const [name, value] of Object.entries(form)) {
    const most = name === variant.orderIdField ? 128 : LENGTHS[name];
    if (most === undefined) throw new Invalid(`Parameter ${name} is not known`);
    if (value.length > most) throw new Invalid(`Parameter ${name} is too long`);
  }
  const currency = required('currency');
  if (!/^[A-Z]{3}$/.test(currency) || (currencies && !currencies.includes(currency))) {
    throw new Invalid('Parameter currency is wrong for this endpoint');
  }
  const amountMinor = readAmount(required('amount'), currency);
  if (amountMinor === undefined) throw new Invalid('Parameter amount is no amount');
  for (const name of variant.requiredFields) required(name);
  const url = (name: string): string | undefined => {
    const value = form[name] || undefined;
    if (value !== undefined && !URL.canParse(value)) throw new Invalid(`Parameter ${name} is no URL`);
    return value;
  };
  return {
    clientOrderId,
    amountMinor,
    currency,
    accountNumber: form['account_number'],
    destination: destinationOf(command, form, cardReferences),
    serverCallbackUrl: url('server_callback_url'),
    notifyUrl: url('notify_url'),
    redirectUrl: url('redirect_url'),
  };
}

function destinationOf(command: Command, form: Form, known: readonly string[] | undefined): string {
  const reference = form['destination-card-ref-id'];
  if (command === 'payout-by-ref') {
    if (reference === undefined) throw new Invalid('Parameter destination-card-ref-id is required');
    if (!/^\d+$/.test(reference) || (known && !known.includes(reference))) {
      throw new Invalid('Card reference is not known');
    }
    return `card reference ${reference}`;
  }
  const card = form['credit_card_number'] || undefined;
  const account = form['account_number'] || undefined;
  if (card === undefined && account === undefined) throw new Invalid('Parameter account_number is required');
  if (card !== undefined && !/^\d{13,19}$/.test(card))
    throw new Invalid('Parameter credit_card_number is wrong');
  return card === undefined
    ? `account ****${account?.slice(-4) ?? ''}`
    : `${card.slice(0, 6)}****${card.slice(-4)}`;
}
