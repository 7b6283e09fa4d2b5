/** TRANSACTION as answers and callbacks write it. 8b.world /pay §5 and §4.2. */
import { toDecimal } from './decimal.js';
import type { JsonObject } from './fields.js';
import type { Status, Transaction } from './order.js';
import type { Variant } from './variant.js';

/** §6 `status_name`, where it is known. */
const NAMES: Partial<Record<Status, string>> = {
  0: 'created',
  2: 'void(unlock amount)',
  3: 'success',
  4: 'refund',
  99: 'error',
};

const RATE = 40;

export type Writing = Pick<Variant, 'statusAs' | 'idAs' | 'amountAs' | 'systemCurrency' | 'apiKeyInItems'>;

export function wireTransaction(transaction: Transaction, variant: Writing): JsonObject {
  const { id, reference, apiKey, amount, currency, card, failure, status, token } = transaction;
  const { amountAs } = variant;
  const decimal = (minor: number): string | number =>
    amountAs === 'number' ? Number(toDecimal(minor)) : toDecimal(minor);
  return {
    transaction_id: variant.idAs === 'number' ? id : String(id),
    reference,
    api_key: variant.apiKeyInItems ? apiKey : undefined,
    amount: decimal(amount),
    currency,
    status: wireStatus(status, variant.statusAs),
    system_amount: decimal(systemMinor(amount, variant)),
    system_currency: systemCurrency(currency, variant),
    commission: decimal(0),
    payment_system_id: 7,
    payment_system_name: 'Simulated Acquirer',
    payment_system_type: 'card',
    card_number: `${card.pan6}******${card.pan4}`,
    pan6: card.pan6,
    pan4: card.pan4,
    cardholder_name: card.holder,
    processing_error_msg: failure?.words,
    external_error_id: failure?.id,
    authorization_code: failure === undefined && status !== '0' ? '123456' : undefined,
    pay_token: token,
  };
}

/** With the name that status answers have and callbacks have not. */
export function wireItem(transaction: Transaction, variant: Writing): JsonObject {
  return { ...wireTransaction(transaction, variant), status_name: NAMES[transaction.status] };
}

let turns = 0;

/** Number or text by turns, where the shop has not said which. */
export function wireStatus(status: Status, statusAs: Variant['statusAs']): string | number {
  const asNumber = statusAs === 'mixed' ? (turns += 1) % 2 === 0 : statusAs === 'number';
  return asNumber ? Number(status) : status;
}

/** What is charged, in minor units of the payment system's currency. */
export function systemMinor(minor: number, { systemCurrency }: Pick<Variant, 'systemCurrency'>): number {
  return systemCurrency === 'same' ? minor : minor * RATE;
}

export function systemCurrency(currency: string, variant: Pick<Variant, 'systemCurrency'>): string {
  return variant.systemCurrency === 'same' ? currency : variant.systemCurrency;
}
