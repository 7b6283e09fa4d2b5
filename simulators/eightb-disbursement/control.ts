/** The switches for tests and demos, in the simulator's own process: no part of the provider. */
import type { Bank } from './bank.js';
import type { Callbacks, SendHow, SentCallback } from './callbacks.js';
import type { EightbDisbursementFault } from './fault.js';
import type { Faults } from './faults.js';
import type { Ledger } from './ledger.js';
import type { Operation } from './operation.js';
import type { Method, RequestLog, SeenRequest } from './request-log.js';
import { countByMethod } from './request-log.js';
import type { Settings } from './settings.js';
import type { LedgerView, OperationView } from './views.js';
import { ledgerView, operationView } from './views.js';

export interface SeenRequests {
  readonly counts: Readonly<Record<Method, number>>;
  /** In order of arrival. */
  readonly requests: readonly SeenRequest[];
}

type CallbackHow = SendHow & { readonly service?: string | undefined };

/** Where several services have an id, name the service. */
export interface EightbDisbursementControl {
  /** Undefined if the provider knows no such operation. */
  operation(id: string, service?: string): Promise<OperationView | undefined>;
  ledger(): Promise<LedgerView>;
  requests(id?: string, service?: string): Promise<SeenRequests>;
  inject(...faults: EightbDisbursementFault[]): Promise<void>;
  /** Forgets operations, movements, requests and faults. */
  reset(): Promise<void>;
  /** Ends an operation that is open, or overturns its end, as a payment method may. */
  end(id: string, status: 'PAID' | 'NOT_PAID', service?: string): Promise<void>;
  /** Adds to the funds of a service, in minor units. */
  topUp(service: string, minor: number): Promise<void>;
  /** Senders that a service lets in; undefined: every one. */
  allowIps(service: string, ips: readonly string[] | undefined): Promise<void>;
  /** Sends the operation's callback now, once. */
  callback(id: string, how?: CallbackHow): Promise<SentCallback>;
  /** A well signed callback of an operation that the provider itself does not know. */
  strayCallback(
    of: SendHow & {
      readonly service: string;
      readonly id: string;
      readonly amount?: string | undefined;
      readonly destination?: string | undefined;
    },
  ): Promise<SentCallback>;
}

export interface ControlParts {
  readonly ledger: Ledger;
  readonly bank: Bank;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly callbacks: Callbacks;
  readonly settings: Settings;
}

export function createControl(parts: ControlParts): EightbDisbursementControl {
  const { ledger, bank, faults, requests, callbacks, settings } = parts;

  function one(id: string, service: string | undefined): Operation | undefined {
    const found = ledger
      .all()
      .filter((of) => of.id === id && (service === undefined || of.service === service));
    if (found.length > 1) throw new Error(`Several services have an operation ${id}: name one.`);
    return found[0];
  }

  function known(id: string, service: string | undefined): Operation {
    const found = one(id, service);
    if (!found) throw new Error(`The simulator knows no operation ${id}.`);
    return found;
  }

  function sent(callback: SentCallback | undefined): SentCallback {
    if (!callback) throw new Error('This service has no callback URL: name one as url.');
    return callback;
  }

  return {
    operation: async (id, service) => {
      const found = one(id, service);
      return found && operationView(found);
    },
    ledger: async () => ledgerView(ledger, settings.services.keys()),
    requests: async (id, service) => {
      const seen = requests.of(id, service);
      return { counts: countByMethod(seen), requests: seen };
    },
    inject: async (...given) => {
      for (const fault of given) faults.inject(fault);
    },
    reset: async () => {
      ledger.reset();
      requests.clear();
      faults.clear();
    },
    end: async (id, status, service) => {
      const found = known(id, service);
      if (found.status !== status) bank.end(found, status);
    },
    topUp: async (service, minor) => ledger.move({ service, type: 'IN', minor, words: 'top-up' }),
    allowIps: async (service, ips) => {
      const found = settings.services.get(service);
      if (!found) throw new Error(`The simulator knows no service ${service}.`);
      found.allowedIps = ips;
    },
    callback: async (id, { service, ...how } = {}) => sent(await callbacks.sendNow(known(id, service), how)),
    strayCallback: async ({ service, id, amount = '1.00', destination = '202', ...how }) =>
      sent(await callbacks.sendNow({ service, id, amount, destination, status: 'PAID' }, how)),
  };
}
