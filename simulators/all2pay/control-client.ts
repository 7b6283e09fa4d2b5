/** Calls the simulator's `/sim/` door from a test or a demo. */
import type { Binding } from './binding.js';
import type { SendHow, SentCallback } from './callbacks.js';
import type { Fault } from './fault.js';
import type { Method, SeenRequest } from './request-log.js';
import type { SignatureVerdict } from './signature.js';
import type { CardOrderView, LedgerView, OrderView } from './views.js';

export interface SeenRequests {
  readonly counts: Readonly<Record<Method, number>>;
  readonly signatures: Readonly<Record<SignatureVerdict, number>>;
  /** In order of arrival. */
  readonly requests: readonly SeenRequest[];
}

/** `via` sends an order's callback to another login's address, with that login's key. */
export type CallbackHow = SendHow & { readonly login?: string };

export interface All2payControl {
  /** Undefined if the provider knows no such payout. */
  order(orderNumber: string, login?: string): Promise<OrderView | undefined>;
  /** Undefined if the provider knows no such request to store a card. */
  card(orderNumber: string, login?: string): Promise<CardOrderView | undefined>;
  ledger(): Promise<LedgerView>;
  requests(orderNumber?: string, login?: string): Promise<SeenRequests>;
  inject(...faults: Fault[]): Promise<void>;
  reset(): Promise<void>;
  bind(card: {
    readonly pan: string;
    readonly clientId: string;
    readonly bindingId?: string;
    /** @default 'target' */
    readonly direction?: 'target' | 'source';
    /** @default every login */
    readonly login?: string;
  }): Promise<Binding>;
  /** Deactivates a stored card: row 28 from now on. */
  kill(bindingId: string): Promise<void>;
  /** The person's answer to the 3DS that a payout or a stored card waits for. */
  answerChallenge(orderNumber: string, approve: boolean, login?: string): Promise<void>;
  /** Retires the older key and adds one; `all` retires both. */
  rotateKeys(all?: boolean): Promise<void>;
  /** Sets the provider's clock so far ahead of ours; negative: behind. */
  setClockSkew(ms: number): Promise<void>;
  /** Sends the order's or card's callback now, once. `url` replaces the configured one. */
  callback(orderNumber: string, how?: CallbackHow): Promise<SentCallback>;
  /** A well signed callback of an order that the provider itself does not know. */
  strayCallback(
    of: SendHow & { readonly login: string; readonly orderNumber: string; readonly amount?: number },
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

  async function found<View>(path: string): Promise<View | undefined> {
    const answer = await call(path);
    const body: unknown = await answer.json();
    return answer.ok ? (body as View) : undefined;
  }

  async function known(path: string, orderNumber: string, body: unknown): Promise<Response> {
    const answer = await call(path, body);
    if (!answer.ok) throw new Error(`The simulator knows no order ${orderNumber}.`);
    return answer;
  }

  const of = (orderNumber: string, login?: string): string =>
    `${encodeURIComponent(orderNumber)}${query({ login })}`;
  return {
    order: (orderNumber, login) => found<OrderView>(`/orders/${of(orderNumber, login)}`),
    card: (orderNumber, login) => found<CardOrderView>(`/cards/${of(orderNumber, login)}`),
    ledger: async () => (await (await call('/ledger')).json()) as LedgerView,
    requests: async (orderNumber, login) =>
      (await (await call(`/requests${query({ orderNumber, login })}`)).json()) as SeenRequests,
    inject: async (...faults) => void (await call('/faults', faults)),
    reset: async () => void (await call('/reset', {})),
    bind: async (card) => (await (await call('/bindings', card)).json()) as Binding,
    kill: async (bindingId) => void (await call('/bindings/kill', { bindingId })),
    answerChallenge: async (orderNumber, approve, login) =>
      void (await known(`/challenges/${of(orderNumber, login)}`, orderNumber, { approve })),
    rotateKeys: async (all = false) => void (await call('/keys/rotate', { all })),
    setClockSkew: async (skewMs) => void (await call('/clock', { skewMs })),
    callback: async (orderNumber, { login, ...how } = {}) => {
      const answer = await known(`/callbacks/${of(orderNumber, login)}`, orderNumber, how);
      return (await answer.json()) as SentCallback;
    },
    strayCallback: async (stray) => (await (await call('/stray-callbacks', stray)).json()) as SentCallback,
  };
}

function query(params: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
