import type { OrderId } from '../../domain/ids.js';
import type { PaymentTransaction } from '../../domain/payment-transaction.js';
import type { Unknown } from '../../domain/provider-answer.js';
import { moneyOf } from './amount.js';
import { maskedCard } from './masked-card.js';
import { unknown, type Reading } from './reading.js';
import { transactionStatus } from './status-map.js';
import type { TransactionDocument } from './transaction-schema.js';
import { cleanWords } from '../clean-words.js';
import { shortCode } from './words.js';

/** Where a transaction was told of: for the metric of what we do not know. */
export interface Heard {
  readonly call: 'money' | 'status';
  /** The HTTP status; 200 for a callback. */
  readonly http: number;
}

/** A transaction as the engine knows it, and the token that it left behind. */
export interface ReadTransaction {
  readonly transaction: PaymentTransaction;
  readonly token: string | undefined;
}

/** Why this is not about our order, in words; undefined if it is. An absent shop key is proven by the signature. */
export function strangeness(
  { reference, api_key }: TransactionDocument,
  orderId: OrderId | undefined,
  { config }: Pick<Reading, 'config'>,
): Unknown | undefined {
  if (api_key !== undefined && api_key !== config.apiKey) {
    return unknown('foreign_shop', "The answer is about another shop's transaction");
  }
  if (orderId !== undefined && reference !== orderId) {
    return unknown('foreign_order', 'The answer is about another order');
  }
  return undefined;
}

/** Translates one; an amount that cannot be read is unknown, never left out. */
export function readTransaction(
  document: TransactionDocument,
  heard: Heard,
  reading: Reading,
): ReadTransaction | Unknown {
  const { amount: decimal, currency } = document;
  const amount = moneyOf(decimal, currency ?? undefined);
  if (decimal !== undefined && amount === undefined) {
    return unknown('unreadable_amount', 'The amount of the transaction cannot be read');
  }
  const status = transactionStatus(document.status, reading.config.statusMap);
  const providerStatus = shortCode(document.status);
  if (status === 'unmapped') {
    reading.onUnmapped({ ...heard, what: 'order_status', code: providerStatus });
  }
  return {
    transaction: {
      id: document.transaction_id,
      status,
      providerStatus,
      amount,
      charged: moneyOf(document.system_amount, document.system_currency),
      card: maskedCard(document),
      message: reasonOf(document, reading),
    },
    token: usableToken(document.pay_token),
  };
}

/** §5: why a transaction failed, and the acquirer's number of the reason. */
function reasonOf(document: TransactionDocument, { confidential }: Reading): string | undefined {
  const { processing_error_msg, external_error_id, cardholder_name = '', card_number, pay_token } = document;
  const known = [...confidential, cardholder_name, ...cardholder_name.split(/\s+/), card_number, pay_token];
  const words = cleanWords(
    processing_error_msg ?? '',
    known.filter((value) => value !== undefined),
  );
  const id = external_error_id === undefined ? undefined : shortCode(external_error_id);
  if (id === undefined || id === 'unreadable_code') return words || undefined;
  return words === '' ? `Reason ${id}` : `${words} (${id})`;
}

function usableToken(token: string | undefined): string | undefined {
  return token !== undefined && /^[\x21-\x7e]{1,255}$/.test(token) ? token : undefined;
}
