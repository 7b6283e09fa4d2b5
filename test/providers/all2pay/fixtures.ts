import type { AccountId, MerchantId, OrderId, PayoutId } from '../../../domain/ids.js';
import type { SealedPayoutRequest } from '../../../domain/payout-request.js';
import { all2payConfig, type All2payConfig } from '../../../providers/all2pay/config.js';
import { createErrorLookup } from '../../../providers/all2pay/error-lookup.js';
import type { PayoutReading } from '../../../providers/all2pay/reading.js';
import type { HttpResponse } from '../../../providers/http-call.js';
import type { MoneyRequest, Order, PayoutProvider, Step } from '../../../providers/port.js';
import type { ProviderDeps, UnmappedAnswer } from '../../../providers/registration.js';
import { all2pay } from '../../../providers/all2pay/index.js';

export const ACCOUNT = 'a2p' as AccountId;
export const ORDER_ID = 'PO-90aa12' as OrderId;
export const PAN = '2200000000000004';
export const MINIMAL = {
  baseUrl: 'http://127.0.0.1:1/payouts/api/v2',
  userName: 'acme-api',
  password: 'hunter2!',
};

export function configOf(changes: Record<string, unknown> = {}): All2payConfig {
  return all2payConfig.parse({ ...MINIMAL, ...changes });
}

/** The adapter, at a server that a test plays. */
export function providerAt(
  origin: string,
  changes: Record<string, unknown> = {},
  deps: ProviderDeps = {},
): PayoutProvider {
  const config = { ...MINIMAL, baseUrl: `${origin}/payouts/api/v2/`, ...changes };
  return all2pay.create(ACCOUNT, config, { now: () => NOW, ...deps });
}

export const never = new AbortController().signal;

/** A request that was built; fails where it could not be. */
export async function prepared(provider: PayoutProvider, order: Order, step?: Step): Promise<MoneyRequest> {
  const chosen = step ?? (order.destination.type === 'hosted_page' ? 'register' : 'execute');
  const request = await provider.prepare(chosen, order, never);
  if ('kind' in request) throw new Error(`Not prepared: ${request.message}`);
  return request;
}

export const send = async (provider: PayoutProvider, order: Order, step?: Step) =>
  (await prepared(provider, order, step)).send(never);

export const CARD_ORDER: Order = {
  orderId: ORDER_ID,
  amount: { minor: 10_050, currency: 'RUB' },
  destination: { type: 'card', number: PAN },
  acceptedAt: '2026-02-03T09:59:59.000Z',
};

export const SBP_ORDER: Order = {
  ...CARD_ORDER,
  destination: { type: 'phone', phone: '79160001122', bankId: '100000000999' },
  recipient: { firstName: 'Олег', lastName: 'Сидоров', middleName: 'Иванович' },
};

export const PAGE_ORDER: Order = {
  ...CARD_ORDER,
  destination: { type: 'hosted_page' },
  returnUrls: { success: 'https://shop.example/ok' },
};

export const CARD_REQUEST: SealedPayoutRequest = {
  merchant: 'acme' as MerchantId,
  payoutId: 'p-1' as PayoutId,
  account: ACCOUNT,
  amount: { minor: 10_050, currency: 'RUB' },
  destination: { type: 'card', sealed: 'eyJ…', masked: '220000******0004' },
};

/** What a status query says besides order and amount. */
export const ASKED = { withheld: [], request: CARD_REQUEST, acceptedAt: CARD_ORDER.acceptedAt } as const;

export const NOW = Date.parse('2026-02-03T10:00:00.000Z');

export function readingOf(
  changes: Record<string, unknown> = {},
): PayoutReading & { unmapped: Partial<UnmappedAnswer>[] } {
  const config = configOf(changes);
  const unmapped: Partial<UnmappedAnswer>[] = [];
  return {
    config,
    expected: { orderId: ORDER_ID, amount: CARD_ORDER.amount },
    lookup: createErrorLookup(config),
    confidential: [config.userName, config.password, PAN],
    now: () => NOW,
    onUnmapped: (seen) => unmapped.push(seen),
    unmapped,
  };
}

/** A JSON answer; a string goes as it is. */
export function response(status: number, body: unknown, contentType = 'application/json'): HttpResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    kind: 'response',
    status,
    headers: { 'content-type': contentType },
    body: Buffer.from(text, 'utf8'),
  };
}

/** §6's own sample of a paid order. */
export const PAID_BODY = {
  errorCode: '0',
  errorMessage: 'Success',
  amount: 10_050,
  fee: 0,
  currency: '643',
  creationDate: 1_770_102_001_123,
  orderId: 'e3b7f7a0-0c4b-4f0e-8b52-52f5a1d3c9aa',
  orderNumber: ORDER_ID,
  orderStatus: '2',
  operationList: [
    { operationType: 'P2P_VERIFY', operationDate: 1_770_102_001_900, resultCode: 0 },
    { operationType: 'P2P_CREDIT', operationDate: 1_770_102_002_456, resultCode: 0, refNum: '603411220075' },
  ],
};

export const PAID = {
  kind: 'paid',
  reference: '603411220075',
  feeMinor: 0,
  paidAt: '2026-02-03T07:00:02.456Z',
};
