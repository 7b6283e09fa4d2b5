import type { AccountId, MerchantId, OrderId, PaymentId } from '../../../domain/ids.js';
import type { PaymentRequest } from '../../../domain/payment.js';
import { eightbPayConfig, type EightbPayConfig } from '../../../providers/eightb-pay/config.js';
import { encodeDocument } from '../../../providers/eightb-pay/base64-json.js';
import { eightbPay } from '../../../providers/eightb-pay/index.js';
import type { Reading } from '../../../providers/eightb-pay/reading.js';
import { signatureOf } from '../../../providers/eightb-pay/signature.js';
import type { HttpResponse } from '../../../providers/http-call.js';
import type { PaymentOrder, PaymentProvider } from '../../../providers/payment-port.js';
import type { RawCallback } from '../../../providers/port.js';
import type { ProviderDeps, UnmappedAnswer } from '../../../providers/registration.js';

export const ACCOUNT = 'shop' as AccountId;
export const ORDER_ID = 'order-0001' as OrderId;
export const API_KEY = '11111111-2222-3333-4444-555555555555';
export const SECRET = 'k3yEXAMPLEnotreal';
export const MINIMAL = { baseUrl: 'http://127.0.0.1:1', apiKey: API_KEY, secretKey: SECRET };
export const KEY = { secretKey: SECRET, signAlgorithm: 'md5' } as const;
export const NOW = Date.parse('2026-02-03T10:00:00.000Z');
export const never = new AbortController().signal;

export function configOf(changes: Record<string, unknown> = {}): EightbPayConfig {
  return eightbPayConfig.parse({ ...MINIMAL, ...changes });
}

export function providerAt(
  baseUrl: string,
  changes: Record<string, unknown> = {},
  deps: ProviderDeps = {},
): PaymentProvider {
  return eightbPay.create(ACCOUNT, { ...MINIMAL, baseUrl, ...changes }, { now: () => NOW, ...deps });
}

/** The request of §4.1. */
export const ORDER: PaymentOrder = {
  orderId: ORDER_ID,
  amount: { minor: 32_778, currency: 'USD' },
  purpose: 'payment',
  description: 'test',
  payer: { email: 'anna@shop.example' },
  language: 'en',
  returnUrls: { success: 'https://shop.example/ok', failure: 'https://shop.example/ko' },
  expiresAt: '2030-01-01T00:00:00.000Z',
  keepCard: false,
};

export const REQUEST: PaymentRequest = {
  merchant: 'acme' as MerchantId,
  paymentId: 'p-1' as PaymentId,
  account: ACCOUNT,
  amount: ORDER.amount,
  purpose: 'payment',
  description: 'test',
  payer: ORDER.payer,
  language: 'en',
  returnUrls: ORDER.returnUrls,
  expiresAt: ORDER.expiresAt,
};

/** The callback of §5. */
export const TRANSACTION = {
  transaction_id: 197,
  reference: ORDER_ID,
  api_key: API_KEY,
  amount: '327.78',
  currency: 'USD',
  status: 3,
};

export function readingOf(
  changes: Record<string, unknown> = {},
  confidential: readonly string[] = [],
): Reading & { unmapped: Partial<UnmappedAnswer>[] } {
  const unmapped: Partial<UnmappedAnswer>[] = [];
  return {
    config: configOf(changes),
    confidential: [SECRET, API_KEY, ...confidential],
    onUnmapped: (seen) => unmapped.push(seen),
    unmapped,
  };
}

/** A JSON answer; a string goes as it is. */
export function response(status: number, body: unknown): HttpResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    kind: 'response',
    status,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(text, 'utf8'),
  };
}

/** A document in its envelope, rightly signed. */
export function signed(document: object, outer: object = { success: true }): Record<string, unknown> {
  const data = encodeDocument(document);
  return { data, sign: signatureOf(data, KEY), time_proc: '0.03sec.', ...outer };
}

export function callbackOf(document: object | string, sign?: string): RawCallback {
  const data = typeof document === 'string' ? document : encodeDocument(document);
  const form = new URLSearchParams({ data, sign: sign ?? signatureOf(data, KEY) });
  return rawCallback(form.toString());
}

export function rawCallback(body: string | Uint8Array, method: 'GET' | 'POST' = 'POST'): RawCallback {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { method, url: '/callbacks/shop', headers, body: Buffer.from(body) };
}
