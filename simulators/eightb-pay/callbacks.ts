/** Callbacks on every status of every transaction, repeated until they are acknowledged. 8b.world /pay §5 and §10. */
import type { CallbackMessage, CallbackTwist } from './callback-message.js';
import { callbackMessage, sendCallback } from './callback-message.js';
import type { Clock } from './clock.js';
import type { PayFault } from './fault.js';
import type { Faults } from './faults.js';
import type { Transaction } from './order.js';
import type { Settings, Shop } from './settings.js';

export interface SendHow extends CallbackTwist {
  /** Replaces the configured address. */
  readonly url?: string | undefined;
}

export interface SentCallback {
  readonly httpStatus: number;
  readonly body: string;
}

export interface CallbackRecord {
  readonly reference: string;
  readonly transactionId: number;
  readonly status: string;
  readonly tries: number;
  readonly outcome: 'due' | 'acknowledged' | 'given_up' | 'lost';
}

export interface Callbacks {
  /** Sends the callback soon, as the faults waiting for it allow. */
  readonly announce: (transaction: Transaction) => void;
  /** Resolves once a callback that is to come before the answer of its own request has been tried. */
  early(reference: string | undefined): Promise<void>;
  /** One try, now. Undefined if nobody is to be called. */
  sendNow(transaction: Transaction, how?: SendHow): Promise<SentCallback | undefined>;
  /** What became of each, in order. */
  records(reference?: string): CallbackRecord[];
  stop(): void;
}

/** Waits between tries, in the provider's seconds: then hourly, to 24 hours in all (§5). */
const SCHEDULE: readonly number[] = [10, 30, 60, 300, 900, 3_600, ...Array.from({ length: 22 }, () => 3_600)];
/** How long after the last word the word before it arrives, in ms. */
const STALE_MS = 30;

type Writable = { -readonly [Name in keyof CallbackRecord]: CallbackRecord[Name] };

export function createCallbacks(settings: Settings, faults: Faults, clock: Clock): Callbacks {
  const stopping = new AbortController();
  const earlyOnes = new Map<string, Promise<void>>();
  const records: Writable[] = [];

  const isAcknowledged = ({ httpStatus, body }: SentCallback, { variant }: Shop): boolean =>
    httpStatus >= 200 && httpStatus <= 299 && (variant.acknowledgement === 'status' || body.trim() === 'OK');

  async function attempt(message: CallbackMessage, shop: Shop, record: Writable): Promise<void> {
    record.tries += 1;
    const answer = await sendCallback(message, shop.callbackUrl ?? '', stopping.signal);
    if (stopping.signal.aborted) return;
    const wait = SCHEDULE[record.tries - 1];
    if (isAcknowledged(answer, shop)) record.outcome = 'acknowledged';
    else if (wait === undefined) record.outcome = 'given_up';
    else clock.after(wait * settings.timings.secondMs, () => void attempt(message, shop, record));
  }

  function announce(transaction: Transaction): void {
    const shop = settings.shop(transaction.apiKey);
    if (shop.callbackUrl === undefined) return;
    const { reference, id, status } = transaction;
    const twists = faults.takeCallback(transaction);
    const has = (kind: PayFault['kind']): boolean => twists.some((twist) => twist.kind === kind);
    const record: Writable = { reference, transactionId: id, status, tries: 0, outcome: 'due' };
    records.push(record);
    if (has('callback_lost')) {
      record.outcome = 'lost';
      return;
    }
    const twist = has('callback_contradict') ? { status: status === '3' ? '99' : '3' } : {};
    const message = callbackMessage(transaction, shop, twist);
    const send = (): Promise<void> => attempt(message, shop, record);
    if (has('callback_early')) {
      earlyOnes.set(reference, send());
      return;
    }
    const lateMs = twists.reduce((sum, { kind, ms = 0 }) => sum + (kind === 'callback_delay' ? ms : 0), 0);
    const dueMs = settings.timings.callbackDelayMs + lateMs;
    const once = (after: number, what: CallbackMessage): void =>
      clock.after(after, () => void sendCallback(what, shop.callbackUrl ?? '', stopping.signal));
    if (has('callback_forge')) once(dueMs, callbackMessage(transaction, shop, { forged: true }));
    clock.after(dueMs, () => void send());
    if (has('callback_double')) once(dueMs, message);
    if (has('callback_out_of_order')) {
      once(dueMs + STALE_MS, callbackMessage({ ...transaction, failure: undefined }, shop, { status: '0' }));
    }
  }

  return {
    announce,
    early: async (reference = '') => {
      await earlyOnes.get(reference);
      earlyOnes.delete(reference);
    },
    sendNow: async (transaction, { url, ...twist } = {}) => {
      const shop = settings.shop(transaction.apiKey);
      const address = url ?? shop.callbackUrl;
      if (address === undefined) return undefined;
      return sendCallback(callbackMessage(transaction, shop, twist), address, stopping.signal);
    },
    records: (reference) => records.filter((one) => reference === undefined || one.reference === reference),
    stop: () => stopping.abort(),
  };
}
