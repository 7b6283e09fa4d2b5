import { generateKeyPairSync } from 'node:crypto';
import type { AccountId, MerchantId, OrderId, PayoutId } from '../../../domain/ids.js';
import type { StatusAnswer } from '../../../domain/provider-answer.js';
import type { SealedPayoutRequest } from '../../../domain/payout-request.js';
import { payneteasyConfig, type PayneteasyConfig } from '../../../providers/payneteasy/config.js';
import type { PayoutReading } from '../../../providers/payneteasy/reading.js';
import { confidential } from '../../../providers/payneteasy/words.js';
import type { HttpResponse } from '../../../providers/http-call.js';
import type { MoneyRequest, Order, PayoutProvider, StatusQuery, Step } from '../../../providers/port.js';
import type { ProviderDeps, UnmappedAnswer } from '../../../providers/registration.js';
import { payneteasy } from '../../../providers/payneteasy/index.js';
import { CLIENT_ORDER_ID, CONTROL_KEY, ENDPOINT_ID, LOGIN } from './vectors.js';

/** Made once per test file. */
export const KEYS = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

export const ACCOUNT = 'pne' as AccountId;
export const ORDER_ID = CLIENT_ORDER_ID as OrderId;
export const NOW = Date.parse('2026-02-03T10:00:00.000Z');
export const ACCEPTED_AT = '2026-02-03T09:59:00.000Z';
export const PAN = '4111111111111111';

export const MINIMAL = {
  baseUrl: 'http://127.0.0.1:1/paynet',
  login: LOGIN,
  merchantControl: CONTROL_KEY,
  endpointId: ENDPOINT_ID,
  signing: { pkcs8Pem: KEYS.privateKey },
  currencies: ['USD'],
  callbackPorts: 'any',
};

const parsed = new Map<string, PayneteasyConfig>();

/** Parsed once for the same changes: opening the key takes a while. */
export function configOf(changes: Record<string, unknown> = {}): PayneteasyConfig {
  const key = JSON.stringify(changes, (_name, value: unknown) => (value === undefined ? 'undefined' : value));
  const config = parsed.get(key) ?? payneteasyConfig.parse({ ...MINIMAL, ...changes });
  parsed.set(key, config);
  return config;
}

/** The adapter, at a server that a test plays. */
export function providerAt(
  origin: string,
  changes: Record<string, unknown> = {},
  deps: ProviderDeps = {},
): PayoutProvider {
  const config = { ...MINIMAL, baseUrl: `${origin}/paynet/`, ...changes };
  return payneteasy.create(ACCOUNT, config, { now: () => NOW, ...deps });
}

export const never = new AbortController().signal;

export const BANK_ORDER: Order = {
  orderId: ORDER_ID,
  amount: { minor: 15_050, currency: 'USD' },
  destination: { type: 'bank_account', accountNumber: 'DE00123456780000000001', bankCode: '044525225' },
  acceptedAt: ACCEPTED_AT,
};
export const CARD_ORDER: Order = { ...BANK_ORDER, destination: { type: 'card', number: PAN } };
export const REFERENCE_ORDER: Order = {
  ...BANK_ORDER,
  destination: { type: 'stored_card', storedCardId: '98765' },
};

export const BANK_REQUEST: SealedPayoutRequest = {
  merchant: 'acme' as MerchantId,
  payoutId: 'p-1' as PayoutId,
  account: ACCOUNT,
  amount: BANK_ORDER.amount,
  destination: { type: 'bank_account', accountNumber: 'DE00123456780000000001', bankCode: '044525225' },
};

/** A request that was built; fails where it could not be. */
export async function prepared(
  provider: PayoutProvider,
  order: Order,
  step: Step = 'execute',
): Promise<MoneyRequest> {
  const request = await provider.prepare(step, order, never);
  if ('kind' in request) throw new Error(`Not prepared: ${request.message}`);
  return request;
}

export const send = async (provider: PayoutProvider, order: Order, step?: Step) =>
  (await prepared(provider, order, step)).send(never);

export function ask(
  provider: PayoutProvider,
  order: Order,
  more: Partial<StatusQuery> = {},
): Promise<StatusAnswer> {
  const { orderId, amount, acceptedAt, providerOrderId } = order;
  const request = { ...BANK_REQUEST, amount };
  return provider.status(
    { orderId, amount, acceptedAt, providerOrderId, withheld: [], request, ...more },
    never,
  );
}

export function readingOf(
  changes: Record<string, unknown> = {},
  order: Order = BANK_ORDER,
): PayoutReading & { unmapped: Partial<UnmappedAnswer>[] } {
  const config = configOf(changes);
  const unmapped: Partial<UnmappedAnswer>[] = [];
  return {
    config,
    expected: order,
    confidential: [config.login, config.merchantControl, ...confidential(order)],
    now: () => NOW,
    onUnmapped: (seen) => unmapped.push(seen),
    unmapped,
  };
}

/** An answer in JSON; a string goes as it is. */
export function response(status: number, body: unknown): HttpResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'response', status, headers: {}, body: Buffer.from(text, 'utf8') };
}

/** As the gateway writes it by default (§5). */
export function formText(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}\n`)
    .join('&');
}

/** §6.5's own sample. */
export const APPROVED = {
  type: 'status-response',
  'serial-number': '00000000-0000-0000-0000-000002d9b22a',
  'merchant-order-id': ORDER_ID as string,
  'paynet-order-id': '6768788',
  status: 'approved',
  amount: '150.50',
  currency: 'USD',
  'order-stage': 'payout_approved',
  'transaction-type': 'payout',
};

/** §6.1's own sample. */
export const ACCEPTED = {
  type: 'async-response',
  'serial-number': '00000000-0000-0000-0000-000002d9b22a',
  'merchant-order-id': ORDER_ID as string,
  'paynet-order-id': '6768788',
  'end-point-id': '39915',
};

/** §6.1's own sample of a refusal. */
export const REFUSED = {
  type: 'validation-error',
  'serial-number': '00000000-0000-0000-0000-000002d9b22a',
  'merchant-order-id': ORDER_ID as string,
  'error-message': 'Parameter account_number is required',
  'error-code': '1',
};
