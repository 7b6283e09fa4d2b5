/** Which API requests arrived, and in which order, for tests of All2pay payouts document §11.3: never a card number. */
import type { LineFile } from './line-file.js';
import type { SignatureVerdict } from './signature.js';

/** Answered by POST `<method>.do`; the balance stands where the options put it. */
export const POST_METHODS = [
  'registerPayout',
  'performPayout',
  'getPayoutStatus',
  'createTargetBindingId',
  'createSourceBindingId',
  'getBalance',
] as const;
export type PostMethod = (typeof POST_METHODS)[number];

/** `keys` is GET keys.do, `echo` GET echo. */
export const METHODS = [...POST_METHODS, 'keys', 'echo'] as const;
export type Method = (typeof METHODS)[number];

/** What an arriving request says of itself, before any check. */
export interface RequestInfo {
  readonly method: Method;
  readonly login?: string | undefined;
  readonly orderNumber?: string | undefined;
  readonly orderId?: string | undefined;
  readonly amount?: number | undefined;
  /** Which variant `target` is of: proof of what did or did not travel. */
  readonly target?: 'pan' | 'bindingId' | 'seToken' | 'phone' | undefined;
  readonly signature?: SignatureVerdict | undefined;
}

export interface SeenRequest extends RequestInfo {
  /** Epoch ms. */
  readonly at: number;
}

export interface RequestLog {
  record(info: RequestInfo): void;
  /** In order of arrival. */
  of(orderNumber: string | undefined, login: string | undefined): SeenRequest[];
  clear(): void;
}

export function createRequestLog(file: LineFile): RequestLog {
  let seen: SeenRequest[] = [];
  for (const line of file.lines) {
    if (line.kind === 'request') seen.push(line.request);
    if (line.kind === 'reset') seen = [];
  }
  return {
    record: (info) => {
      const request = { ...info, at: Date.now() };
      file.append({ kind: 'request', request });
      seen.push(request);
    },
    of: (orderNumber, login) =>
      seen.filter(
        (request) =>
          (orderNumber === undefined || request.orderNumber === orderNumber) &&
          (login === undefined || request.login === login),
      ),
    clear: () => {
      seen = [];
    },
  };
}

export function countByMethod(requests: readonly SeenRequest[]): Record<Method, number> {
  const counts = Object.fromEntries(METHODS.map((method) => [method, 0])) as Record<Method, number>;
  for (const { method } of requests) counts[method] += 1;
  return counts;
}

/** How many requests were well signed, badly, not at all, or by a login without a certificate. */
export function countBySignature(requests: readonly SeenRequest[]): Record<SignatureVerdict, number> {
  const counts: Record<SignatureVerdict, number> = { valid: 0, invalid: 0, absent: 0, unchecked: 0 };
  for (const { signature } of requests) if (signature) counts[signature] += 1;
  return counts;
}
