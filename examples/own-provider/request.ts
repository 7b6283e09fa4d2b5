import { createHttpCall, type HttpAnswer, type Order } from 'payout-engine/providers';
import type { PocketPayConfig } from './config.js';
import { signatureOf } from './sign.js';

/** The body of `POST /transfers` (Pocket Pay §4). Nothing in it changes with time: the same order gives the same bytes. */
export function transferBody({ orderId, amount, destination, recipient, description }: Order): Uint8Array {
  const name = fullName(recipient);
  // `validate` refused all others before anything was prepared.
  if (destination.type !== 'card' || name === undefined) throw new Error('This order was not validated');
  const transfer = {
    id: orderId,
    amount: amount.minor,
    currency: amount.currency,
    card: destination.number,
    name,
    note: description,
  };
  return Buffer.from(JSON.stringify(transfer), 'utf8');
}

/** `name` (§4). */
export function fullName(recipient: Order['recipient']): string | undefined {
  const { firstName = '', lastName = '' } = recipient ?? {};
  return firstName === '' || lastName === '' ? undefined : `${firstName} ${lastName}`;
}

/** The two calls of §4 and §5, each sent once. */
export interface Exchange {
  /** `exact` leaves byte for byte. */
  transfer(exact: Uint8Array, signal: AbortSignal): Promise<HttpAnswer>;
  look(id: string, signal: AbortSignal): Promise<HttpAnswer>;
}

const NOTHING = new Uint8Array();

export function createExchange(config: PocketPayConfig): Exchange {
  const { baseUrl, keyId, secret, connectTimeoutMs, timeoutMs } = config;
  const call = createHttpCall({ connectTimeoutMs, timeoutMs });
  const transfers = `${baseUrl.replace(/\/+$/, '')}/transfers`;
  const headers = (method: 'GET' | 'POST', url: string, body: Uint8Array): Record<string, string> => ({
    Accept: 'application/json',
    'Pocket-Key': keyId,
    'Pocket-Signature': signatureOf({ method, path: new URL(url).pathname, body }, secret),
  });
  return {
    transfer(exact, signal) {
      const json = {
        ...headers('POST', transfers, exact),
        'Content-Type': 'application/json; charset=utf-8',
      };
      // `fresh`: a pooled connection that has just died would make the outcome unknown for no reason.
      const how = { method: 'POST', connection: 'fresh' } as const;
      return call({ ...how, url: transfers, headers: json, body: exact }, signal);
    },
    look(id, signal) {
      const url = `${transfers}/${encodeURIComponent(id)}`;
      const how = { method: 'GET', connection: 'pooled' } as const;
      return call({ ...how, url, headers: headers('GET', url, NOTHING) }, signal);
    },
  };
}
