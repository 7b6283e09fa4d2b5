/** Which requests arrived, in which order: never whom they paid. */

export const METHODS = [
  'payout',
  'check',
  'balance',
  'balance_statement',
  'notify',
  'payout_reestr',
] as const;
export type Method = (typeof METHODS)[number];

/** Answered by POST `/partner/<service>/<method>`. */
export const POST_METHODS = ['payout', 'check', 'balance', 'balance_statement', 'notify'] as const;
export type PostMethod = (typeof POST_METHODS)[number];

/** What an arriving request says of itself, before any check. */
export interface RequestInfo {
  readonly method: Method;
  readonly service: string;
  readonly id?: string | undefined;
  readonly signature: 'valid' | 'invalid';
}

export interface SeenRequest extends RequestInfo {
  /** Epoch ms. */
  readonly at: number;
}

export interface RequestLog {
  record(info: RequestInfo): void;
  /** In order of arrival. */
  of(id: string | undefined, service: string | undefined): SeenRequest[];
  clear(): void;
}

export function createRequestLog(): RequestLog {
  let seen: SeenRequest[] = [];
  return {
    record: (info) => void seen.push({ ...info, at: Date.now() }),
    of: (id, service) =>
      seen.filter(
        (request) =>
          (id === undefined || request.id === id) && (service === undefined || request.service === service),
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
