import { z } from 'zod';
import type { HttpResponse } from '../http-call.js';

/** A code or an id: string or number, as the gateway family mixes them (All2pay payouts document §14 I12). */
const code = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined || value === '' ? undefined : String(value)));

/** Minor units: a number or digits. Anything else becomes NaN, which equals no amount of ours. */
const minorUnits = z
  .union([z.number(), z.string().transform((text) => (/^\d{1,15}$/.test(text) ? Number(text) : NaN))])
  .nullish()
  .transform((value) => value ?? undefined);

/** Never decides anything, so an odd value is as good as none. */
const informative = code.catch(undefined);
const informativeNumber = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ])
  .nullish()
  .transform((value) => value ?? undefined)
  .catch(undefined);

const operation = z.object({
  operationType: code,
  resultCode: code,
  resultCodeDescription: informative,
  amount: informativeNumber,
  operationDate: informativeNumber,
  refNum: informative,
});

/** The card as an answer shows it, of which only the binding matters to us (§3, "Target in responses"). */
const binding = z
  .object({ bindingId: code })
  .nullish()
  .transform((value) => value ?? undefined)
  .catch(undefined);

/**
 * One shape for the answers of all methods and their errors: all fields may be missing (§5, §6, §6.1, §7a, §14 I6). A
 * field that decides about money and cannot be read makes the whole
 * answer unreadable.
 */
const answer = z.object({
  errorCode: code,
  errorMessage: informative,
  orderNumber: code,
  orderId: informative,
  amount: minorUnits,
  currency: code,
  fee: informativeNumber,
  orderStatus: code,
  actionCode: code,
  actionCodeDescription: informative,
  operationList: z.array(operation).nullish(),
  formUrl: informative,
  acsUrl: code,
  shortUrl: code,
  mdOrder: informative,
  paReq: informative,
  termUrl: informative,
  creq: informative,
  packedCReq: informative,
  bindingId: code,
  clientId: informative,
  maskedPan: informative,
  orderType: informative,
  source: binding,
  target: binding,
});

export type All2payAnswer = z.output<typeof answer>;
export type All2payOperation = z.output<typeof operation>;

export type Body =
  | { readonly kind: 'answer'; readonly answer: All2payAnswer }
  /** Empty, HTML, broken JSON … */
  | { readonly kind: 'not_json' }
  /** JSON, but nothing that we can read. */
  | { readonly kind: 'unreadable' };

/** Reads by content: JSON may arrive mislabelled (§2), unless the configuration says otherwise. */
export function readBody({ body, headers }: HttpResponse, lenientContentType: boolean): Body {
  if (!lenientContentType && !/^application\/([\w.]+\+)?json\b/i.test(headers['content-type'] ?? '')) {
    return { kind: 'not_json' };
  }
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return { kind: 'not_json' };
  }
  const parsed = answer.safeParse(json);
  return parsed.success ? { kind: 'answer', answer: parsed.data } : { kind: 'unreadable' };
}
