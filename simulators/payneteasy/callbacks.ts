/** Callbacks on every final status, repeated until HTTP 200. Payneteasy §8. */
import type { CallbackParams, CallbackTwist } from './callback-message.js';
import { callbackParams, sendCallback } from './callback-message.js';
import type { Faults } from './faults.js';
import type { Order } from './order.js';
import { orderKey } from './order.js';
import { RETRY_WAITS_SECS } from './retry-schedule.js';
import type { Settings } from './settings.js';
import type { Timers } from '../timers.js';

export interface SendHow extends CallbackTwist {
  /** Replaces the order's address. */
  readonly url?: string | undefined;
}

export interface SentCallback {
  readonly httpStatus: number;
  readonly params: CallbackParams;
}

export interface Callbacks {
  /** Sends the order's callback soon, as scenario and faults allow. */
  readonly announce: (order: Order) => void;
  /** Of a reversal: to `notify_url` alone (§6.1). */
  readonly announceLater: (order: Order) => void;
  /** Resolves once a callback that is to come before the answer of its own request has been tried. */
  early(login: string | undefined, clientOrderId: string | undefined): Promise<void>;
  /** One try, now. Undefined if nobody is to be called. */
  sendNow(order: Order, how: SendHow): Promise<SentCallback | undefined>;
  stop(): void;
}

/** How long after the last word the word before it arrives, in ms. */
const STALE_MS = 50;

export function createCallbacks(settings: Settings, faults: Faults, timers: Timers): Callbacks {
  const { timings, merchants, enforceCallbackPorts } = settings;
  const stopping = new AbortController();
  const earlyOnes = new Map<string, Promise<void>>();

  /** Tries until it is acknowledged, or the schedule ends. */
  async function attempt(order: Order, url: string, params: CallbackParams, tried = 0): Promise<void> {
    const httpStatus = await sendCallback(url, params, stopping.signal);
    if (stopping.signal.aborted) return;
    const wait = RETRY_WAITS_SECS[tried];
    if (httpStatus === 200) order.callback = 'delivered';
    else if (wait === undefined) order.callback = 'given_up';
    else timers.after(wait * timings.callbackSecondMs, () => void attempt(order, url, params, tried + 1));
  }

  function announce(order: Order): void {
    const merchant = merchants.get(order.login);
    const url = order.notifyUrl ?? order.serverCallbackUrl ?? merchant?.callbackUrl;
    if (!merchant || url === undefined || merchant.variant.callbacks === 'off') return;
    if (enforceCallbackPorts && !isCallable(url)) {
      order.callback = 'no_such_port';
      return;
    }
    const twists = faults.takeCallback(order);
    const has = (kind: string): boolean => twists.some((twist) => twist.kind === kind);
    const { scenario } = order;
    if (has('callback_suppress') || scenario.callback === 'lost') {
      order.callback = 'suppressed';
      return;
    }
    order.callback = 'due';
    const contradicts = has('callback_contradict') || scenario.callback === 'contradicting';
    const status = contradicts ? (order.status === 'approved' ? 'declined' : 'approved') : undefined;
    const params = callbackParams(order, merchant, { status, forged: has('callback_forge') });
    if (has('callback_early')) {
      earlyOnes.set(orderKey(order.login, order.clientOrderId), attempt(order, url, params));
      return;
    }
    const late = twists.reduce((sum, { kind, ms = 0 }) => sum + (kind === 'callback_delay' ? ms : 0), 0);
    const dueMs = timings.callbackDelayMs + late;
    const copies = scenario.callback === 'three_times' ? 2 : has('callback_double') ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) timers.after(dueMs, () => void attempt(order, url, params));
    const once = (twist: CallbackTwist): void => {
      const other = callbackParams(order, merchant, twist);
      timers.after(dueMs + STALE_MS, () => void sendCallback(url, other, stopping.signal));
    };
    if (scenario.callback === 'three_times') once({ forged: true });
    if (has('callback_out_of_order')) once({ status: 'unknown' });
  }

  return {
    announce,
    announceLater: (order) => {
      const merchant = merchants.get(order.login);
      if (merchant && order.notifyUrl !== undefined && merchant.variant.callbacks === 'on') {
        void attempt(order, order.notifyUrl, callbackParams(order, merchant));
      }
    },
    early: async (login = '', clientOrderId = '') => {
      const key = orderKey(login, clientOrderId);
      await earlyOnes.get(key);
      earlyOnes.delete(key);
    },
    sendNow: async (order, { url, ...twist }) => {
      const merchant = merchants.get(order.login);
      const target = url ?? order.notifyUrl ?? order.serverCallbackUrl ?? merchant?.callbackUrl;
      if (!merchant || target === undefined) return undefined;
      const params = callbackParams(order, merchant, twist);
      return { httpStatus: await sendCallback(target, params, stopping.signal), params };
    },
    stop: () => stopping.abort(),
  };
}

function isCallable(url: string): boolean {
  const { protocol, port } = new URL(url);
  return (protocol === 'https:' ? ['', '8443'] : ['', '8080']).includes(port);
}
