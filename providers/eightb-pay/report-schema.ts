import { z } from 'zod';
import { moneyOf } from './amount.js';
import { transactionStatus } from './status-map.js';
import type { PaymentReportLine } from '../payment-port.js';
import type { Reading } from './reading.js';
import { shortCode } from './words.js';

const line = z.object({
  id: z
    .union([z.string().regex(/^[\w-]{1,64}$/), z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)])
    .transform(String),
  created_at: z.iso.datetime({ offset: true, local: false }),
  reference: z.union([z.string().max(255), z.number()]).transform(String),
  status: z.union([z.string().max(64), z.number()]).transform((value) => String(value).trim()),
  system_amount: z.union([z.string().max(30), z.number()]),
  system_currency: z.string(),
});

/** One page of `get_report` (8b.world /pay §4.3). */
export const reportPage = z.object({
  items: z.array(line).max(1_000),
  total_count: z.number().int().min(0).nullish(),
  pages: z.number().int().min(0),
  success: z.boolean().nullish(),
});

export type ReportPage = z.output<typeof reportPage>;

/** Undefined where what was charged cannot be read: a report with holes is none. */
export function reportLine(
  document: ReportPage['items'][number],
  reading: Reading,
): PaymentReportLine | undefined {
  const charged = moneyOf(document.system_amount, document.system_currency);
  if (charged === undefined) return undefined;
  const status = transactionStatus(document.status, reading.config.statusMap);
  const providerStatus = shortCode(document.status);
  if (status === 'unmapped') {
    reading.onUnmapped({ call: 'status', what: 'order_status', http: 200, code: providerStatus });
  }
  return {
    transactionId: document.id,
    orderId: document.reference,
    createdAt: new Date(document.created_at).toISOString(),
    status,
    providerStatus,
    minor: charged.minor,
    currency: charged.currency,
  };
}
