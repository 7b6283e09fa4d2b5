import { z } from 'zod';
import type { PaymentKey, PaymentOperationKey } from '../domain/ids.js';
import type { PaymentFilter } from '../domain/inquiry.js';
import type { Problem } from '../domain/problem.js';
import { merchantSchema, operationIdSchema, paymentIdSchema } from './names.js';
import { paymentQuerySchema } from './payment.js';
import { toProblems } from './problems.js';

type Parsed<Name extends string, Value> =
  | ({ readonly ok: true } & Readonly<Record<Name, Value>>)
  | { readonly ok: false; readonly problems: readonly Problem[] };

const keySchema = z.object({ merchant: merchantSchema, paymentId: paymentIdSchema });
const operationKeySchema = keySchema.extend({ operationId: operationIdSchema });
const filterSchema = paymentQuerySchema.omit({ cursor: true, limit: true });

/** Which payments, in plain strings. */
export type PaymentFilterInput = z.input<typeof filterSchema>;

/** Reads the ids that name a payment; other fields of the object are left alone. */
export function parsePaymentKey(input: unknown): Parsed<'key', PaymentKey> {
  const result = keySchema.safeParse(input);
  return result.success ? { ok: true, key: result.data } : { ok: false, problems: toProblems(result.error) };
}

export function parsePaymentOperationKey(input: unknown): Parsed<'key', PaymentOperationKey> {
  const result = operationKeySchema.safeParse(input);
  return result.success ? { ok: true, key: result.data } : { ok: false, problems: toProblems(result.error) };
}

export function parsePaymentFilter(input: unknown): Parsed<'filter', PaymentFilter> {
  const result = filterSchema.safeParse(input);
  return result.success
    ? { ok: true, filter: result.data }
    : { ok: false, problems: toProblems(result.error) };
}
