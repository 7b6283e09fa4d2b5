/** Callbacks on every final state, repeated until HTTP 200. All2pay payouts document §13. */
import type { CallbackEvent } from './callback-event.js';
import { earlierEvent } from './callback-event.js';
import type { CallbackParams, CallbackTwist } from './callback-message.js';
import { callbackParams, sendCallback } from './callback-message.js';
import type { Faults } from './faults.js';
import type { Ledger } from './ledger.js';
import { orderKey } from './order.js';
import type { CallbackSettings, Settings } from './settings.js';
import type { Timers } from '../timers.js';

export interface Callbacks {
  /** Sends the event's callback soon, as the faults waiting for it allow. */
  readonly announce: (event: CallbackEvent) => void;
  /** Resolves once a callback that is to come before the answer of its own request has been tried. */
  early(login: string | undefined, orderNumber: string | undefined): Promise<void>;
  /** One try, now. Undefined if nobody is to be called. */
  sendNow(event: CallbackEvent, how: SendHow): Promise<SentCallback | undefined>;
  stop(): void;
}

export interface SendHow extends CallbackTwist {
  /** Replaces the configured address. */
  readonly url?: string | undefined;
  /** To the address of this login and with its key, whosoever the order is. */
  readonly via?: string | undefined;
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
  const earlyOnes = new Map<string, Promise<void>>();

  async function attempt(
    event: CallbackEvent,
    target: CallbackSettings,
    params: CallbackParams,
    left: number,
  ): Promise<void> {
    const { login, orderNumber } = event;
    const httpStatus = await sendCallback(params, target, stopping.signal);
    if (stopping.signal.aborted) return;
    if (httpStatus === 200) ledger.noteCallback(login, orderNumber, 'delivered');
    else if (left <= 1) ledger.noteCallback(login, orderNumber, 'given_up');
    else timers.after(target.repeatMs, () => void attempt(event, target, params, left - 1));
  }

  function announce(event: CallbackEvent): void {
    const { login, orderNumber } = event;
    const target = settings.logins.get(login)?.callback;
    if (!target) return;
    const twists = faults.takeCallback(event);
    const has = (kind: string): boolean => twists.some((twist) => twist.kind === kind);
    if (has('callback_suppress')) return ledger.noteCallback(login, orderNumber, 'suppressed');

    const said = has('callback_contradict') ? { ...event, ok: !event.ok } : event;
    const params = callbackParams(said, target, { forged: has('callback_forge') });
    const send = (): Promise<void> => attempt(event, target, params, target.maxTries);
    if (has('callback_early')) {
      earlyOnes.set(orderKey(login, orderNumber), send());
      return;
    }
    const lateMs = twists.reduce((sum, { kind, ms = 0 }) => sum + (kind === 'callback_delay' ? ms : 0), 0);
    const dueMs = settings.timings.callbackDelayMs + lateMs;
    for (let copies = has('callback_double') ? 2 : 1; copies > 0; copies -= 1) {
      timers.after(dueMs, () => void send());
    }
    if (has('callback_out_of_order')) {
      const stale = callbackParams(earlierEvent(event, Date.now() - 60_000), target);
      timers.after(dueMs + STALE_MS, () => void sendCallback(stale, target, stopping.signal));
    }
  }

  return {
    announce,
    early: async (login = '', orderNumber = '') => {
      const key = orderKey(login, orderNumber);
      await earlyOnes.get(key);
      earlyOnes.delete(key);
    },
    sendNow: async (event, { url, via, ...twist }) => {
      const known = settings.logins.get(via ?? event.login)?.callback;
      const target = url === undefined ? known : { ...DEFAULTS, ...known, url };
      if (!target) return undefined;
      const params = callbackParams(event, target, twist);
      return { httpStatus: await sendCallback(params, target, stopping.signal), params };
    },
    stop: () => stopping.abort(),
  };
}

/** How long after the last word the word before it arrives. */
const STALE_MS = 50;

const DEFAULTS: Omit<CallbackSettings, 'url'> = {
  checksum: () => ({}),
  repeatMs: 0,
  maxTries: 1,
  method: 'GET',
  extras: ['amount', 'callbackCreationDate'],
};
