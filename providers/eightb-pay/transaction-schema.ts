import { z } from 'zod';

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined || value === '' ? undefined : String(value)));
/** Never decides anything, so an odd value is as good as none. */
const informative = text.catch(undefined);

/** A number or numeric text (8b.world /pay §5). One that a double cannot hold is nobody's id. */
const transactionId = z
  .union([z.string().regex(/^[\w-]{1,64}$/), z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)])
  .transform(String);

/** A decimal, as a number or text: kept as it is, to be read by its currency. */
const decimal = z
  .union([z.string().max(30), z.number()])
  .nullish()
  .transform((value) => (value === null || value === '' ? undefined : value));

/**
 * TRANSACTION (8b.world /pay §5), as callbacks, status answers and operations have it. A field that decides about money
 * and cannot be read makes the whole of it unreadable.
 */
export const transactionSchema = z.object({
  transaction_id: transactionId,
  reference: text,
  api_key: text,
  amount: decimal,
  currency: z.string().nullish(),
  /** A number, or the same as text. */
  status: z.union([z.string().max(64), z.number()]).transform((value) => String(value).trim()),
  status_name: informative,
  system_amount: decimal.catch(undefined),
  system_currency: informative,
  card_number: informative,
  pan6: informative,
  pan4: informative,
  cardholder_name: informative,
  processing_error_msg: informative,
  external_error_id: informative,
  pay_token: informative,
});

export type TransactionDocument = z.output<typeof transactionSchema>;

/** §4.2. */
export const itemsSchema = z.object({ items: z.array(transactionSchema).max(1_000) });

/** §4.4: `success` inside the signed document as well. */
export const orderSchema = z.object({ order: transactionSchema, success: z.boolean().nullish() });
