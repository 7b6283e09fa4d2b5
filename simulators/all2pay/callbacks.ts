/** Callbacks on every final state, repeated until HTTP 200. All2pay payouts document §13. */
import type { CallbackParams, CallbackTwist } from './callback-message.js';
import { callbackParams, sendCallback } from './callback-message.js';
import type { Faults } from './faults.js';
import type { Ledger } from './ledger.js';
import type { Order } from './order.js';
import type { CallbackSettings, Settings } from './settings.js';
import type { Timers } from './timers.js';

export interface Callbacks {
  /** Sends the order's callback soon, as the faults waiting for it allow. */
  readonly announce: (order: Order) => void;
  /** One try, now. Undefined if nobody is to be called. */
  sendNow(
    order: Order,
    twist: CallbackTwist & { readonly url?: string | undefined },
  ): Promise<SentCallback | undefined>;
  stop(): void;
}

export interface SentCallback {
  readonly httpStatus: number;
  readonly params: CallbackParams;
}

export function createCallbacks(
  ledger: Ledger,
  settings: Settings,
  faults: Faults,
  timers: Timers,
): Callbacks {
  const stopping = new AbortController();

  function mark(order: Order, callback: Order['callback']): void {
    const now = ledger.find(order.login, order.orderNumber);
    if (now) ledger.save({ ...now, callback });
  }

  async function attempt(
    order: Order,
    target: CallbackSettings,
    params: CallbackParams,
    left: number,
  ): Promise<void> {
    const httpStatus = await sendCallback(params, target, stopping.signal);
    if (stopping.signal.aborted) return;
    if (httpStatus === 200) mark(order, 'delivered');
    else if (left <= 1) mark(order, 'given_up');
    else timers.after(target.repeatMs, () => void attempt(order, target, params, left - 1));
  }

  function announce(order: Order): void {
    const target = settings.logins.get(order.login)?.callback;
    if (!target) return;
    const twists = faults.takeCallback(order);
    const has = (kind: string): boolean => twists.some((twist) => twist.kind === kind);
    if (has('callback_suppress')) return mark(order, 'suppressed');
    const params = callbackParams(order, target, { forged: has('callback_forge') });
    const lateMs = twists.reduce((sum, { kind, ms = 0 }) => sum + (kind === 'callback_delay' ? ms : 0), 0);
    for (let copies = has('callback_double') ? 2 : 1; copies > 0; copies -= 1) {
      timers.after(
        settings.timings.callbackDelayMs + lateMs,
        () => void attempt(order, target, params, target.maxTries),
      );
    }
  }

  return {
    announce,
    sendNow: async (order, { url, ...twist }) => {
      const known = settings.logins.get(order.login)?.callback;
      const target = url === undefined ? known : { ...DEFAULTS, ...known, url };
      if (!target) return undefined;
      const params = callbackParams(order, target, twist);
      return { httpStatus: await sendCallback(params, target, stopping.signal), params };
    },
    stop: () => stopping.abort(),
  };
}

const DEFAULTS: Omit<CallbackSettings, 'url'> = {
  secret: undefined,
  repeatMs: 0,
  maxTries: 1,
  method: 'GET',
  extras: ['amount', 'callbackCreationDate'],
};
