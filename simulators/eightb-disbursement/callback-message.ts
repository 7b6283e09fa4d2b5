/** What a callback says and how it leaves. 8b Disbursement §5.7. */
import { dateTime } from './dates.js';
import { formOf } from './form.js';
import type { Operation } from './operation.js';
import type { Service } from './settings.js';
import { signatureOf } from './signature.js';

export interface CallbackTwist {
  /** Spoils the hash. */
  readonly forged?: boolean | undefined;
  /** Leaves the hash out. */
  readonly unsigned?: boolean | undefined;
  /** Says this instead of the truth. */
  readonly result?: '0' | '1' | undefined;
  /** Epoch ms, instead of the operation's or the sending's time. */
  readonly at?: number | undefined;
  /** Replaces or adds fields, before the hash is made. */
  readonly set?: Readonly<Record<string, string>> | undefined;
}

export type CallbackFields = Readonly<Record<string, string>>;

export type Told = Pick<
  Operation,
  'service' | 'id' | 'amount' | 'destination' | 'status' | 'error' | 'processedAt'
>;

const FORGED = 'f0'.repeat(16);

export function callbackFields(told: Told, service: Service, twist: CallbackTwist = {}): CallbackFields {
  const { variant } = service;
  const own = variant.callbackDt === 'operation' ? told.processedAt : undefined;
  const result = twist.result ?? (told.status === 'PAID' ? '1' : '0');
  const fields: Record<string, string> = {
    id: told.id,
    dt: dateTime(twist.at ?? own ?? Date.now(), variant.timeZone),
    amount: told.amount,
    result,
    error: result === '1' ? '' : (told.error ?? 'not paid'),
    destination: told.destination,
    ...twist.set,
  };
  if (twist.unsigned) return fields;
  const hash = signatureOf('callback', new Map(Object.entries(fields)), service);
  return { ...fields, hash: twist.forged ? FORGED : hash };
}

/** What the receiver answered; status 0 if nobody did. */
export interface CallbackAnswer {
  readonly httpStatus: number;
  readonly body: string;
}

export async function sendCallback(
  fields: CallbackFields,
  url: string,
  { variant }: Service,
  signal: AbortSignal,
): Promise<CallbackAnswer> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = formOf(fields, variant);
    const answer = await fetch(url, { method: 'POST', redirect: 'manual', signal: limit, headers, body });
    return { httpStatus: answer.status, body: (await answer.text()).slice(0, 1_000) };
  } catch {
    return { httpStatus: 0, body: '' };
  }
}

/** `OK` means received, `ERROR` received and no more of it; whatever else, it is sent again (§5.7). */
export function verdictOf(
  { httpStatus, body }: CallbackAnswer,
  { variant }: Service,
): 'delivered' | 'stopped' | 'again' {
  if (httpStatus !== 200) return 'again';
  if (body === 'ERROR') return 'stopped';
  const isReceived = variant.ack === 'json' ? isReceipt(body) : body === 'OK';
  return isReceived ? 'delivered' : 'again';
}

function isReceipt(body: string): boolean {
  try {
    return (JSON.parse(body) as { status?: unknown } | null)?.status === 'received';
  } catch {
    return false;
  }
}
