/** Calls the simulator's `/sim/` door from a test or a demo. */
import type { SentCallback } from './callbacks.js';
import type { Fault } from './fault.js';
import type { Binding } from './line-file.js';
import type { Method, SeenRequest } from './request-log.js';
import type { LedgerView, OrderView } from './views.js';

export interface SeenRequests {
  readonly counts: Readonly<Record<Method, number>>;
  /** In order of arrival. */
  readonly requests: readonly SeenRequest[];
}

export interface All2payControl {
  /** Undefined if the provider knows no such order. */
  order(orderNumber: string, login?: string): Promise<OrderView | undefined>;
  ledger(): Promise<LedgerView>;
  requests(orderNumber?: string, login?: string): Promise<SeenRequests>;
  inject(...faults: Fault[]): Promise<void>;
  reset(): Promise<void>;
  bind(card: {
    readonly pan: string;
    readonly clientId: string;
    readonly bindingId?: string;
  }): Promise<Binding>;
  /** Sends the order's callback now, once. `url` replaces the configured one. */
  callback(
    orderNumber: string,
    how?: {
      readonly status?: '0' | '1';
      readonly forged?: boolean;
      readonly url?: string;
      readonly login?: string;
    },
  ): Promise<SentCallback>;
}

/**
 * @param controlUrl `http://127.0.0.1:PORT/sim`
 * @example
 * const control = all2payControl(simulator.controlUrl);
 * await control.inject({ kind: 'reset_after', method: 'performPayout' });
 */
export function all2payControl(controlUrl: string): All2payControl {
  async function call(path: string, body?: unknown): Promise<Response> {
    const post = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    const answer = await fetch(`${controlUrl}${path}`, body === undefined ? {} : post);
    if (answer.ok || answer.status === 404) return answer;
    throw new Error(`The simulator refused ${path}: ${answer.status} ${await answer.text()}`);
  }

  return {
    order: async (orderNumber, login) => {
      const answer = await call(`/orders/${encodeURIComponent(orderNumber)}${query({ login })}`);
      const body: unknown = await answer.json();
      return answer.ok ? (body as OrderView) : undefined;
    },
    ledger: async () => (await (await call('/ledger')).json()) as LedgerView,
    requests: async (orderNumber, login) =>
      (await (await call(`/requests${query({ orderNumber, login })}`)).json()) as SeenRequests,
    inject: async (...faults) => void (await call('/faults', faults)),
    reset: async () => void (await call('/reset', {})),
    bind: async (card) => (await (await call('/bindings', card)).json()) as Binding,
    callback: async (orderNumber, { login, ...how } = {}) => {
      const answer = await call(`/callbacks/${encodeURIComponent(orderNumber)}${query({ login })}`, how);
      if (!answer.ok) throw new Error(`The simulator knows no order ${orderNumber}.`);
      return (await answer.json()) as SentCallback;
    },
  };
}

function query(params: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
