import { z } from 'zod';
import type { Answered, NotSent, Unknown } from '../../domain/provider-answer.js';
import type { HttpAnswer } from '../http-call.js';
import type { PaymentOrder, PaymentStart } from '../payment-port.js';
import { unknown, type Reading } from './reading.js';
import { readTransaction, strangeness } from './transaction.js';
import { orderSchema } from './transaction-schema.js';
import { judge } from './verdict.js';
import { webAddress } from '../web-address.js';

type StartAnswer = NotSent | Unknown | Answered<PaymentStart>;

/** 8b.world /pay §4.1, `flag_get_url = 1`. */
const pageSchema = z.object({
  session_id: z.union([z.string(), z.number()]).nullish().catch(undefined),
  url: z.string(),
  shop_api_key: z.string().nullish(),
});

/** The answer to `POST /pay` (§4.1): where the payer must go. No money has moved, whatever it says. */
export function interpretPage(
  http: HttpAnswer,
  { expiresAt }: Pick<PaymentOrder, 'expiresAt'>,
  reading: Reading,
): StartAnswer {
  const judged = judge(http, 'initialize', reading);
  if (judged.kind === 'refused') return { kind: 'answered', progress: judged };
  if (judged.kind !== 'proceed') return judged;
  const parsed = pageSchema.safeParse(judged.document);
  if (!parsed.success) return unknown('unreadable', 'The signed answer holds no page');
  const { session_id, url, shop_api_key: echoed } = parsed.data;
  const { apiKey, requireEchoedKey } = reading.config;
  const mayLack = echoed === undefined || echoed === null ? !requireEchoedKey : false;
  if (echoed !== apiKey && !mayLack) {
    return unknown('foreign_shop', 'The answer names another shop, or none');
  }
  const address = webAddress(url);
  if (address === undefined)
    return unknown('unusable_url', 'The page is at no address that a browser could open');
  const session = /^[\w.-]{1,64}$/.exec(String(session_id ?? ''))?.[0];
  return {
    kind: 'answered',
    progress: { kind: 'page', action: { type: 'redirect', url: address, expiresAt } },
    ...(session !== undefined && { providerOrderId: session }),
  };
}

/** The answer to `POST /pay/recurrent` (§4.4): register and charge in one call. */
export function interpretCharge(
  http: HttpAnswer,
  { orderId }: Pick<PaymentOrder, 'orderId'>,
  reading: Reading,
): StartAnswer {
  const judged = judge(http, 'money', reading);
  if (judged.kind === 'refused') return { kind: 'answered', progress: judged };
  if (judged.kind !== 'proceed') return judged;
  const parsed = orderSchema.safeParse(judged.document);
  if (!parsed.success || parsed.data.success === false) {
    return unknown('unreadable', 'The signed answer holds no transaction');
  }
  const { order } = parsed.data;
  const read =
    strangeness(order, orderId, reading) ??
    readTransaction(order, { call: 'money', http: statusOf(http) }, reading);
  if ('kind' in read) return read;
  return { kind: 'answered', progress: { kind: 'transaction', transaction: read.transaction } };
}

function statusOf(http: HttpAnswer): number {
  return http.kind === 'response' ? http.status : 0;
}
