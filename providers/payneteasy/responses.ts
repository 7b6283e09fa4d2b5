import { z } from 'zod';
import type { HttpResponse } from '../http-call.js';
import { answerFields } from './answer-fields.js';

/** Any text; an empty one is none. */
const text = z
  .string()
  .optional()
  .transform((value) => (value === '' ? undefined : value));

/** One shape for the answers of all commands (Payneteasy §6.1, §6.4, §6.5): absent fields are normal. */
const answer = z
  .object({
    type: text,
    status: text,
    'order-stage': text,
    'redirect-to': text,
    amount: text,
    currency: text,
    'paynet-order-id': text,
    'merchant-order-id': text,
    'transaction-type': text,
    'error-message': text,
    'error-code': text,
    'processor-rrn': text,
  })
  .transform((fields) => ({
    type: fields.type,
    // Arrives in lower case; the vendor's library makes sure of it (§4.3).
    status: fields.status?.toLowerCase(),
    orderStage: fields['order-stage'],
    redirectTo: fields['redirect-to'],
    amount: fields.amount,
    currency: fields.currency,
    paynetOrderId: fields['paynet-order-id'],
    merchantOrderId: fields['merchant-order-id'],
    transactionType: fields['transaction-type'],
    errorMessage: fields['error-message'],
    errorCode: fields['error-code'],
    processorRrn: fields['processor-rrn'],
  }));

export type PayneteasyAnswer = z.output<typeof answer>;

/** Undefined: empty, HTML, broken … Reads by content, whatever the Content-Type and the HTTP status say (§5). */
export function readAnswer({ body }: Pick<HttpResponse, 'body'>): PayneteasyAnswer | undefined {
  const fields = answerFields(body);
  if (fields === undefined) return undefined;
  const parsed = answer.safeParse(Object.fromEntries(fields));
  return parsed.success ? parsed.data : undefined;
}
