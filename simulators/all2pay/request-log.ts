/** Which API requests arrived, and in which order, for tests of All2pay payouts document §11.3: never a card number. */
import type { LineFile } from './line-file.js';

export const METHODS = ['registerPayout', 'performPayout', 'getPayoutStatus'] as const;
export type Method = (typeof METHODS)[number];

/** What an arriving request says of itself, before any check. */
export interface RequestInfo {
  readonly method: Method;
  readonly login?: string | undefined;
  readonly orderNumber?: string | undefined;
  readonly orderId?: string | undefined;
  readonly amount?: number | undefined;
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
  const counts: Record<Method, number> = { registerPayout: 0, performPayout: 0, getPayoutStatus: 0 };
  for (const { method } of requests) counts[method] += 1;
  return counts;
}
