/** Which API requests arrived, in their order: never a token or anything of a payer. */
export const METHODS = ['pay', 'recurrent', 'refund', 'void', 'complete', 'status', 'report'] as const;
export type Method = (typeof METHODS)[number];

/** Below the origin. */
export const METHOD_PATHS: Readonly<Record<Method, string>> = {
  pay: '/pay',
  recurrent: '/pay/recurrent',
  refund: '/pay/refund',
  void: '/pay/void',
  complete: '/pay/complete',
  status: '/pay/get_orders_data',
  report: '/pay/get_report',
};

/** What an arriving request says of itself, before any check. */
export interface RequestInfo {
  readonly method: Method;
  readonly apiKey?: string | undefined;
  /** Of an operation: that of its transaction. */
  readonly reference?: string | undefined;
}

/** Requests that could move money or make an order, and questions. */
export interface RequestCounts {
  readonly money: number;
  readonly status: number;
  readonly byMethod: Readonly<Record<Method, number>>;
}

export interface RequestLog {
  record(info: RequestInfo): void;
  /** In order of arrival. */
  of(reference?: string): RequestInfo[];
  counts(reference?: string): RequestCounts;
  clear(): void;
}

export function createRequestLog(): RequestLog {
  let seen: RequestInfo[] = [];
  const of = (reference?: string): RequestInfo[] =>
    seen.filter((one) => reference === undefined || one.reference === reference);
  return {
    record: (info) => void seen.push(info),
    of,
    counts: (reference) => {
      const byMethod = Object.fromEntries(METHODS.map((method) => [method, 0])) as Record<Method, number>;
      for (const { method } of of(reference)) byMethod[method] += 1;
      const { status, report, ...money } = byMethod;
      return { money: Object.values(money).reduce((a, b) => a + b, 0), status: status + report, byMethod };
    },
    clear: () => {
      seen = [];
    },
  };
}
