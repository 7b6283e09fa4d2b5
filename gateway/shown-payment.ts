import type { z } from 'zod';
import type { Payment } from '../domain/payment.js';
import type { paymentSchema } from '../schemas/payment.js';

/** A payment as an answer takes it: its lists are copies. */
export function shownPayment({
  transactions,
  operations,
  ...payment
}: Payment): z.output<typeof paymentSchema> {
  return { ...payment, transactions: [...transactions], operations: [...operations] };
}
