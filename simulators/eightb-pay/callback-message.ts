/** What a callback says and how it leaves. 8b.world /pay §5. */
import { signed } from './envelope.js';
import type { JsonObject } from './fields.js';
import type { Transaction } from './order.js';
import type { Shop } from './settings.js';
import { wireTransaction } from './wire-transaction.js';

export interface CallbackTwist {
  /** Signs with a wrong key. */
  readonly forged?: boolean | undefined;
  /** Says this status instead of the truth. */
  readonly status?: string | undefined;
  /** Replaces or adds fields before the signature is made; null removes one. */
  readonly set?: JsonObject | undefined;
}

export interface CallbackMessage {
  readonly data: string;
  readonly sign: string;
}

export function callbackMessage(
  transaction: Transaction,
  shop: Shop,
  { forged, status, set = {} }: CallbackTwist = {},
): CallbackMessage {
  const document = wireTransaction(transaction, { ...shop.variant, apiKeyInItems: true });
  const changes = Object.entries(set).map(([name, value]): [string, unknown] => [name, value ?? undefined]);
  const said = { ...document, ...(status !== undefined && { status }), ...Object.fromEntries(changes) };
  const { data, sign = '' } = signed(said, shop, shop.variant, forged ? 'wrong' : undefined);
  return { data, sign };
}

/** What the receiver answered; status 0 if nobody answered. */
export async function sendCallback(
  message: CallbackMessage,
  url: string,
  signal: AbortSignal,
): Promise<{ readonly httpStatus: number; readonly body: string }> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
    const body = new URLSearchParams({ ...message });
    const answer = await fetch(url, { method: 'POST', redirect: 'manual', signal: limit, body });
    return { httpStatus: answer.status, body: (await answer.text()).slice(0, 200) };
  } catch {
    return { httpStatus: 0, body: '' };
  }
}
