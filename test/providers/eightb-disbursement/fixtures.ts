import type { AccountId, MerchantId, OrderId, PayoutId } from '../../../domain/ids.js';
import type { SealedPayoutRequest } from '../../../domain/payout-request.js';
import type { CurrencyCode } from '../../../domain/currencies.js';
import {
  eightbDisbursementConfig,
  type EightbConfig,
} from '../../../providers/eightb-disbursement/config.js';
import type { PayoutReading } from '../../../providers/eightb-disbursement/reading.js';
import type { HttpResponse } from '../../../providers/http-call.js';
import type { MoneyRequest, Order, PayoutProvider, StatusQuery } from '../../../providers/port.js';
import type { ProviderDeps, UnmappedAnswer } from '../../../providers/registration.js';
import { eightbDisbursement } from '../../../providers/eightb-disbursement/index.js';

export const ACCOUNT = '8b-eur' as AccountId;

/** The document's own vectors, §3.2. */
export const SECRET_KEY = 'k3yEXAMPLEnotreal';
export const SERVICE_ID = '1042';
export const ORDER_ID = 'PX7K2M9QH4T6W8Z1C5D0' as OrderId;
export const ACCEPTED_AT = '2025-03-04T05:06:07.000Z';
export const NOW = Date.parse('2025-03-04T05:07:30.000Z');

export const MINIMAL = {
  baseUrl: 'http://127.0.0.1:1',
  serviceId: SERVICE_ID,
  secretKey: SECRET_KEY,
  currency: 'EUR',
};

export function configOf(changes: Record<string, unknown> = {}): EightbConfig {
  return eightbDisbursementConfig.parse({ ...MINIMAL, ...changes });
}

/** The adapter, at a server that a test plays. */
export function providerAt(
  baseUrl: string,
  changes: Record<string, unknown> = {},
  deps: ProviderDeps = {},
): PayoutProvider {
  const config = { ...MINIMAL, baseUrl, ...changes };
  return eightbDisbursement.create(ACCOUNT, config, { now: () => NOW, ...deps });
}

export const never = new AbortController().signal;

/** A request that was built; fails where it could not be. */
export async function prepared(provider: PayoutProvider, order: Order): Promise<MoneyRequest> {
  const request = await provider.prepare('execute', order, never);
  if ('kind' in request) throw new Error(`Not prepared: ${request.message}`);
  return request;
}

export const send = async (provider: PayoutProvider, order: Order) =>
  (await prepared(provider, order)).send(never);

/** §5.1's own sample. */
export const ORDER: Order = {
  orderId: ORDER_ID,
  amount: { minor: 15_000, currency: 'EUR' },
  destination: { type: 'bank_account', accountNumber: '9876543210', bankCode: '' },
  recipient: { firstName: 'ANNA', lastName: 'EXAMPLE', phone: '622851280' },
  acceptedAt: ACCEPTED_AT,
};

export const CARD = '4111111111111111';
export const CARD_ORDER: Order = { ...ORDER, destination: { type: 'card', number: CARD } };

export function requestOf(
  order: Order = ORDER,
  changes: Partial<SealedPayoutRequest> = {},
): SealedPayoutRequest {
  const { destination, amount, recipient, providerFields, description } = order;
  return {
    merchant: 'acme' as MerchantId,
    payoutId: 'p-1' as PayoutId,
    account: ACCOUNT,
    amount,
    destination:
      destination.type === 'card'
        ? { type: 'card', sealed: 'eyJ…', masked: '411111******1111' }
        : destination,
    ...(recipient && { recipient }),
    ...(providerFields && { providerFields }),
    ...(description !== undefined && { description }),
    ...changes,
  };
}

export function queryOf(order: Order = ORDER, more: Partial<StatusQuery> = {}): StatusQuery {
  const { orderId, amount, acceptedAt } = order;
  return { orderId, amount, acceptedAt, withheld: [], request: requestOf(order), ...more };
}

export function readingOf(
  changes: Record<string, unknown> = {},
): PayoutReading & { unmapped: Partial<UnmappedAnswer>[] } {
  const unmapped: Partial<UnmappedAnswer>[] = [];
  return {
    config: configOf(changes),
    orderId: ORDER_ID,
    confidential: [SECRET_KEY, '9876543210', '622851280', 'ANNA', 'EXAMPLE'],
    onUnmapped: (seen) => unmapped.push(seen),
    unmapped,
  };
}

/** `<response>` of these elements; a string goes as it is. */
export function response(body: Record<string, string> | string, status = 200): HttpResponse {
  const text = typeof body === 'string' ? body : xmlOf(body);
  return {
    kind: 'response',
    status,
    headers: { 'content-type': 'application/xml' },
    body: Buffer.from(text, 'utf8'),
  };
}

export function xmlOf(elements: Record<string, string>): string {
  const inner = Object.entries(elements).map(([name, value]) => `<${name}>${value}</${name}>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<response>${inner.join('')}</response>`;
}

export const euros = (minor: number): { minor: number; currency: CurrencyCode } => ({
  minor,
  currency: 'EUR',
});
