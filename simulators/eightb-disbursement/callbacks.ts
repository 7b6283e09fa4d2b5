/** Sends callbacks, and again until one is received. 8b Disbursement §5.7, §11. */
import type { CallbackAnswer, CallbackFields, CallbackTwist, Told } from './callback-message.js';
import { callbackFields, sendCallback, verdictOf } from './callback-message.js';
import type { EightbDisbursementFault } from './fault.js';
import type { Faults } from './faults.js';
import type { Ledger } from './ledger.js';
import type { Operation } from './operation.js';
import { operationKey } from './operation.js';
import type { Service, Settings } from './settings.js';
import type { Timers } from '../timers.js';

export interface SendHow extends CallbackTwist {
  /** Replaces the address of the service. */
  readonly url?: string | undefined;
}

export interface SentCallback extends CallbackAnswer {
  readonly fields: CallbackFields;
}

export interface Callbacks {
  /** Tells of an operation's end. */
  announce(operation: Operation): void;
  /** Tells of it once more, because it was asked for. */
  repeat(operation: Operation): void;
  /** Resolves once a callback that is to come before the answer of its own request has been tried. */
  early(service: string, id: string | undefined): Promise<void>;
  /** One try, now. Undefined if nobody is to be called. */
  sendNow(told: Told, how: SendHow): Promise<SentCallback | undefined>;
  stop(): void;
}

/** How long after the last word the next one of a row arrives. */
const ROW_MS = 50;

export function createCallbacks(
  ledger: Ledger,
  settings: Settings,
  faults: Faults,
  timers: Timers,
): Callbacks {
  const stopping = new AbortController();
  const earlyOnes = new Map<string, Promise<void>>();
  const { callbackGapsMs, callbackGiveUpMs, callbackDelayMs } = settings.timings;

  async function attempt(
    told: Told,
    service: Service,
    url: string,
    twist: CallbackTwist,
    since: number,
    tries = 0,
  ): Promise<void> {
    const answer = await sendCallback(callbackFields(told, service, twist), url, service, stopping.signal);
    if (stopping.signal.aborted) return;
    const verdict = verdictOf(answer, service);
    if (verdict !== 'again') return note(told, verdict);
    const gap = callbackGapsMs[Math.min(tries, callbackGapsMs.length - 1)] ?? 0;
    if (Date.now() + gap - since > callbackGiveUpMs) return note(told, 'given_up');
    timers.after(gap, () => void attempt(told, service, url, twist, since, tries + 1));
  }

  function note({ service, id }: Told, callback: Operation['callback']): void {
    const operation = ledger.find(service, id);
    if (operation) ledger.save({ ...operation, callback });
  }

  function announce(operation: Operation): void {
    const service = settings.services.get(operation.service);
    const url = service?.callbackUrl;
    if (!service || url === undefined || service.variant.callbacks === 'off') return;
    const met = faults.takeCallback(operation);
    const has = (kind: EightbDisbursementFault['kind']): boolean => met.some((fault) => fault.kind === kind);
    const { scenario } = operation;
    if (has('callback_suppress') || scenario === 'callback_lost') return note(operation, 'suppressed');

    const send = (twist: CallbackTwist): Promise<void> => attempt(operation, service, url, twist, Date.now());
    const twist = twistOf(operation, met);
    if (has('callback_early')) {
      earlyOnes.set(operationKey(operation.service, operation.id), send(twist));
      return;
    }
    const lateMs = met.reduce((sum, { kind, ms = 0 }) => sum + (kind === 'callback_delay' ? ms : 0), 0);
    const dueMs = callbackDelayMs + lateMs;
    const row: CallbackTwist[] = [twist];
    if (has('callback_double')) row.push(twist);
    if (scenario === 'callback_thrice') row.push(twist, twist);
    if (scenario === 'callback_forged_first') row.unshift({ forged: true });
    if (has('callback_out_of_order')) row.push({ ...twist, at: Date.now() - 60_000 });
    for (const [place, one] of row.entries()) timers.after(dueMs + place * ROW_MS, () => void once(one));

    /** A forged one that goes before the true one is not sent again: the true one is. */
    async function once(one: CallbackTwist): Promise<void> {
      if (!service || url === undefined || !one.forged || one === twist) return send(one);
      await sendCallback(callbackFields(operation, service, one), url, service, stopping.signal);
    }
  }

  return {
    announce,
    repeat: (operation) => {
      const service = settings.services.get(operation.service);
      const url = service?.callbackUrl;
      if (!service || url === undefined || service.variant.callbacks === 'off') return;
      void attempt(operation, service, url, {}, Date.now());
    },
    early: async (service, id = '') => {
      const key = operationKey(service, id);
      await earlyOnes.get(key);
      earlyOnes.delete(key);
    },
    sendNow: async (told, { url: given, ...twist }) => {
      const service = settings.services.get(told.service);
      const url = given ?? service?.callbackUrl;
      if (!service || url === undefined) return undefined;
      const fields = callbackFields(told, service, twist);
      return { fields, ...(await sendCallback(fields, url, service, stopping.signal)) };
    },
    stop: () => stopping.abort(),
  };
}

function twistOf(operation: Operation, met: readonly EightbDisbursementFault[]): CallbackTwist {
  const lies =
    operation.scenario === 'callback_contradicts' || met.some(({ kind }) => kind === 'callback_contradict');
  const amount = met.find(({ kind }) => kind === 'callback_other_amount')?.amount;
  return {
    ...(met.some(({ kind }) => kind === 'callback_forge') && { forged: true }),
    ...(lies && { result: operation.status === 'PAID' ? '0' : '1' }),
    ...(amount !== undefined && { set: { amount } }),
  };
}
