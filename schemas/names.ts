import type { z } from 'zod';
import { CURRENCIES, isCurrencyCode, type CurrencyCode } from '../domain/currencies.js';
import {
  ACCOUNT_PATTERN,
  MERCHANT_PATTERN,
  OPERATION_ID_PATTERN,
  ORDER_ID_PATTERN,
  PAYMENT_ID_PATTERN,
  PAYOUT_ID_PATTERN,
  STORED_CARD_ID_PATTERN,
  type AccountId,
  type MerchantId,
  type OperationId,
  type OrderId,
  type PaymentId,
  type PayoutId,
  type StoredCardId,
} from '../domain/ids.js';
import { fault } from './fault.js';
import { text } from './text.js';

/** The one place where checked text becomes one of the domain's names. */
function named<Name extends string>(schema: z.ZodString): z.ZodType<Name, string> {
  return schema as unknown as z.ZodType<Name, string>;
}

const SMALL_NAME = 'Use at most 40 of a-z 0-9 _ -, beginning with a letter or digit.';

export const merchantSchema = named<MerchantId>(
  text({
    description: 'The merchant on whose behalf the engine pays.',
    remedy: SMALL_NAME,
    max: 40,
    pattern: MERCHANT_PATTERN,
    shape: 'is not a merchant id',
    example: 'shop',
  }),
);

export const accountSchema = named<AccountId>(
  text({
    description: 'The configured account at a provider that shall pay.',
    remedy: SMALL_NAME,
    max: 40,
    pattern: ACCOUNT_PATTERN,
    shape: 'is not an account id',
    example: 'all2pay-main',
  }),
);

export const payoutIdSchema = named<PayoutId>(
  text({
    description: "Your own id of the obligation, unique per merchant for ever: the payout's idempotency key.",
    remedy: 'Use at most 64 of A-Z a-z 0-9 . _ -, beginning with a letter or digit.',
    max: 64,
    pattern: PAYOUT_ID_PATTERN,
    shape: 'is not a payout id',
    example: 'withdrawal-1042',
  }),
);

export const storedCardIdSchema = named<StoredCardId>(
  text({
    description:
      "Your own id of the card, unique per merchant for ever: the storing's idempotency key, and what payouts name the " +
      'card by.',
    remedy: 'Use at most 64 of A-Z a-z 0-9 . _ -, beginning with a letter or digit.',
    max: 64,
    pattern: STORED_CARD_ID_PATTERN,
    shape: 'is not a stored card id',
    example: 'card-77',
  }),
);

export const paymentIdSchema = named<PaymentId>(
  text({
    description: "Your own id of the payment, unique per merchant for ever: the payment's idempotency key.",
    remedy: 'Use at most 64 of A-Z a-z 0-9 . _ -, beginning with a letter or digit.',
    max: 64,
    pattern: PAYMENT_ID_PATTERN,
    shape: 'is not a payment id',
    example: 'order-1042',
  }),
);

export const operationIdSchema = named<OperationId>(
  text({
    description:
      "Your own id of the operation, unique per payment for ever: the operation's idempotency key.",
    remedy: 'Use at most 64 of A-Z a-z 0-9 . _ -, beginning with a letter or digit.',
    max: 64,
    pattern: OPERATION_ID_PATTERN,
    shape: 'is not an operation id',
    example: 'refund-1',
  }),
);

export const orderIdSchema = named<OrderId>(
  text({
    description: 'Our order id at the provider; made from merchant and payout id when left out.',
    remedy: 'Use at most 64 of A-Z a-z 0-9 _ -, or leave it out.',
    max: 64,
    pattern: ORDER_ID_PATTERN,
    shape: 'is not an order id',
    example: 'w1042',
  }),
);

export const currencySchema = named<CurrencyCode>(
  text({
    description: 'ISO 4217 alphabetic code.',
    remedy: 'Give an ISO 4217 code in capitals, for example RUB.',
    max: 3,
    example: 'RUB',
    check: (value) => {
      if (isCurrencyCode(value)) return undefined;
      const upper = value.toUpperCase();
      return isCurrencyCode(upper)
        ? fault('must be written in capitals', `Write ${upper}.`)
        : fault('is not an ISO 4217 currency', 'Give an ISO 4217 code in capitals, for example RUB.');
    },
  }).meta({ description: 'ISO 4217 alphabetic code.', enum: Object.keys(CURRENCIES), examples: ['RUB'] }),
);
