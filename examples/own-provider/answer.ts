import type { HttpResponse } from 'payout-engine/providers';
import { z } from 'zod';

/** For people and records only: an odd one is as good as none. */
const informative = z
  .string()
  .regex(/^[\w-]{1,64}$/)
  .optional()
  .catch(undefined);

/** The transfer of Pocket Pay §4, as answers and callbacks have it. Fields that we do not know are nobody's business. */
const transfer = z.object({
  id: z.string(),
  amount: z.number().int(),
  currency: z.string(),
  state: z.string(),
  reference: informative,
  fee: z.number().int().min(0).optional().catch(undefined),
  paid_at: z.iso.datetime({ offset: true }).optional().catch(undefined),
  reason: informative,
});
export type Transfer = z.output<typeof transfer>;

/** §6. */
const failure = z.object({ error: z.object({ code: z.string(), message: z.string().optional() }) });

export type PocketPayAnswer =
  | { readonly kind: 'transfer'; readonly transfer: Transfer }
  | { readonly kind: 'error'; readonly code: string; readonly message: string | undefined }
  /** A page, half of an answer, nothing at all: it need not come from Pocket Pay. */
  | { readonly kind: 'unreadable' };

/** By its content, whatever its Content-Type says. */
export function readAnswer({ status, body }: Pick<HttpResponse, 'status' | 'body'>): PocketPayAnswer {
  const json = parseJson(body);
  if (status >= 200 && status <= 299) {
    const read = transfer.safeParse(json);
    return read.success ? { kind: 'transfer', transfer: read.data } : { kind: 'unreadable' };
  }
  const read = failure.safeParse(json);
  return read.success ? { kind: 'error', message: undefined, ...read.data.error } : { kind: 'unreadable' };
}

/** The transfer in a callback's body; undefined for anything else. */
export function readTransfer(body: Uint8Array): Transfer | undefined {
  return transfer.safeParse(parseJson(body)).data;
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}
