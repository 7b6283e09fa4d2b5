import type { PaymentOperation, PaymentOrder } from '../payment-port.js';
import { jsonAmount } from './amount.js';
import { encodeDocument } from './base64-json.js';
import type { EightbPayConfig } from './config.js';
import { localMinute } from './local-time.js';
import { signatureOf, type SigningKey } from './signature.js';

type Json = string | number | { readonly [field: string]: Json | undefined };
export type JsonDocument = Readonly<Record<string, Json | undefined>>;

/** `POST /pay` (8b.world /pay §4.1), always with a link as the answer: the page itself would be for a browser. */
export function payDocument(order: PaymentOrder, config: EightbPayConfig): JsonDocument {
  return orderDocument(order, config, { flag_get_url: 1 });
}

/** `POST /pay/recurrent` (§4.4): as `/pay`, and the token of the card to charge. */
export function recurrentDocument(order: PaymentOrder, token: string, config: EightbPayConfig): JsonDocument {
  return { ...orderDocument(order, config, {}), pay_token: token };
}

/** `POST /pay/get_orders_data` (§4.2), always by our own order id. */
export function statusDocument(reference: string, { apiKey }: EightbPayConfig): JsonDocument {
  return { api_key: apiKey, reference };
}

/** `POST /pay/refund`, `/pay/void`, `/pay/complete` (§4.4). No amount refunds all of it. */
export function operationDocument(operation: PaymentOperation, { apiKey }: EightbPayConfig): JsonDocument {
  const { kind, transactionId, amount } = operation;
  const partial = kind === 'refund' && amount !== undefined ? jsonAmount(amount) : undefined;
  return { api_key: apiKey, transaction_id: transactionId, amount: partial };
}

/** `POST /pay/get_report` (§4.3). */
export function reportDocument(
  { from, to, page }: { readonly from: number; readonly to: number; readonly page: number },
  { apiKey, timeZone }: EightbPayConfig,
): JsonDocument {
  return {
    api_key: apiKey,
    time_start: localMinute(from, timeZone),
    time_end: localMinute(to, timeZone),
    page,
  };
}

/** The two form fields; `+`, `/` and `=` of the base64 text are percent-encoded (§3.1 rule 4). */
export function formBody(document: JsonDocument, key: SigningKey): Buffer {
  const data = encodeDocument(document);
  return Buffer.from(`data=${encodeURIComponent(data)}&sign=${signatureOf(data, key)}`, 'ascii');
}

function orderDocument(order: PaymentOrder, config: EightbPayConfig, more: JsonDocument): JsonDocument {
  const { success, failure = success } = order.returnUrls;
  const { payer } = order;
  return {
    api_key: config.apiKey,
    // Rounded down to the minute: rather no payment than one after the order's end.
    expiration: localMinute(Date.parse(order.expiresAt), config.timeZone),
    amount: jsonAmount(order.amount),
    currency: order.amount.currency,
    reference: order.orderId,
    description: order.description,
    success_url: success,
    failure_url: failure,
    lang: order.language,
    ip: config.sendPayerIp ? payer.ip : undefined,
    params: {
      user_email: payer.email,
      user_id: payer.id,
      ...more,
      pay_token_flag: order.keepCard ? 1 : undefined,
      verification_flag: order.purpose === 'card_verification' ? 1 : undefined,
      extra_params: extraParams(order, config),
    },
  };
}

function extraParams({ providerFields }: PaymentOrder, { merchantSite }: EightbPayConfig): Json | undefined {
  const fields = { ...(merchantSite !== undefined && { merchant_site: merchantSite }), ...providerFields };
  return Object.keys(fields).length === 0 ? undefined : fields;
}
