/** What a callback says and how it leaves. All2pay payouts document §13. */
import type { CallbackEvent } from './callback-event.js';
import type { CallbackSettings } from './settings.js';

export interface CallbackTwist {
  /** Spoils the checksum; without a key, invents one. */
  readonly forged?: boolean | undefined;
  /** Leaves the checksum out. */
  readonly unsigned?: boolean | undefined;
  /** Says this instead of the truth. */
  readonly status?: '0' | '1' | undefined;
  readonly operation?: string | undefined;
  /** Replaces or adds parameters, before the checksum is made. */
  readonly set?: Readonly<Record<string, string>> | undefined;
}

export type CallbackParams = Readonly<Record<string, string>>;

const FORGED = 'F0'.repeat(32);

export function callbackParams(
  event: CallbackEvent,
  { extras, checksum }: CallbackSettings,
  twist: CallbackTwist = {},
): CallbackParams {
  const { mdOrder, orderNumber, operation, ok, amount, at = Date.now(), more } = event;
  const params: Record<string, string> = {
    mdOrder,
    orderNumber,
    operation: twist.operation ?? operation,
    status: twist.status ?? (ok ? '1' : '0'),
    ...more,
  };
  if (extras.includes('amount') && amount !== undefined) params['amount'] = String(amount);
  if (extras.includes('callbackCreationDate')) params['callbackCreationDate'] = new Date(at).toUTCString();
  if (extras.includes('p2p')) {
    Object.assign(params, {
      operationType: 'OCT',
      creditBankName: 'Simulated Bank',
      p2pDebitRrn: '000000000000',
    });
  }
  Object.assign(params, twist.set);
  if (twist.unsigned) return params;
  const signed = { ...params, ...checksum(params) };
  return twist.forged ? { ...signed, checksum: FORGED } : signed;
}

/** The HTTP status that the receiver answered; 0 if nobody answered. */
export async function sendCallback(
  params: CallbackParams,
  { url, method }: CallbackSettings,
  signal: AbortSignal,
): Promise<number> {
  const query = new URLSearchParams(params).toString();
  const address = method === 'GET' ? `${url}${url.includes('?') ? '&' : '?'}${query}` : url;
  const body = method === 'POST' ? { body: new URLSearchParams(params) } : {};
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
    const answer = await fetch(address, { method, redirect: 'manual', signal: limit, ...body });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}
