import type { z } from 'zod';
import type { PaymentRequestInput } from '../../schemas/payment-request.js';
import type { payoutRequestSchema } from '../../schemas/payout-request.js';

export type ClearRequest = z.input<typeof payoutRequestSchema>;

/** What is asked for, without whose it is. */
export type Ask = Omit<ClearRequest, 'merchant' | 'payoutId' | 'orderId'>;

export const RETURN_URLS = { success: 'https://shop.example/done', failure: 'https://shop.example/failed' };
const RECIPIENT = { firstName: 'Anna', lastName: 'Berzina' };

/** All2pay, to a card: the last three digits of the amount decide what becomes of it (All2pay §18). */
export function toCard(account: string, minor: number): Ask {
  return {
    account,
    amount: { minor, currency: 'RUB' },
    destination: { type: 'card', number: '2200000000000004' },
  };
}

/** All2pay, by the bank's own page. */
export function byPage(account: string, minor: number): Ask {
  return {
    account,
    amount: { minor, currency: 'RUB' },
    destination: { type: 'hosted_page' },
    returnUrls: RETURN_URLS,
  };
}

/** Payneteasy: the last two digits of the account number decide (Payneteasy §12). */
export function byPayneteasy(account: string, minor: number, ending: string): Ask {
  const accountNumber = `DE001234567800000000${ending}`;
  return {
    account,
    amount: { minor, currency: 'USD' },
    destination: { type: 'bank_account', accountNumber, bankCode: 'EXAMPLE1' },
    recipient: RECIPIENT,
    returnUrls: RETURN_URLS,
  };
}

/** 8b.world Disbursement: the last two digits of the account number decide (8b Disbursement §11). */
export function byDisbursement(account: string, minor: number, ending: string): Ask {
  const accountNumber = `LV80BANK00004351950${ending}`;
  return {
    account,
    amount: { minor, currency: 'EUR' },
    destination: { type: 'bank_account', accountNumber, bankCode: 'HABALV22' },
    recipient: RECIPIENT,
  };
}

/** A payment on the page of 8b.world /pay. */
export function ofPayer(number: number): Omit<PaymentRequestInput, 'merchant' | 'paymentId' | 'orderId'> {
  return {
    account: 'shop',
    amount: { minor: number * 100, currency: 'EUR' },
    description: `Order ${number}`,
    payer: { email: 'anna@shop.example' },
    returnUrls: RETURN_URLS,
    expiresAt: '2049-12-31T23:59:00Z',
  };
}
