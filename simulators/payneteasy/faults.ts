/** The faults waiting for their request or callback. */
import type { CallbackFaultKind, Fault, OrderFaultKind, WireFaultKind } from './fault.js';
import { PAYNETEASY_CALLBACK_FAULTS, PAYNETEASY_WIRE_FAULTS } from './fault.js';
import type { RequestInfo } from './request-log.js';
import { MONEY_COMMANDS } from './request-log.js';

export type WireFault = Fault & { readonly kind: WireFaultKind };
export type CallbackFault = Fault & { readonly kind: CallbackFaultKind };

interface Named {
  readonly login: string;
  readonly clientOrderId: string;
}

export interface Faults {
  inject(fault: Fault): void;
  /** The first fault for this request, spent by one. */
  takeWire(request: RequestInfo): WireFault | undefined;
  /** Every fault for this order's callback, each spent by one. */
  takeCallback(order: Named): readonly CallbackFault[];
  /** Is one of this kind waiting for the order, or its callback? Spends nothing. */
  awaits(order: Named, kind: CallbackFaultKind | OrderFaultKind): boolean;
  clear(): void;
}

interface Waiting {
  readonly fault: Fault;
  left: number;
}

export function createFaults(): Faults {
  let waiting: Waiting[] = [];

  function met(wanted: (fault: Fault) => boolean, most = Infinity): Waiting[] {
    waiting = waiting.filter(({ left }) => left > 0);
    return waiting.filter(({ fault }) => wanted(fault)).slice(0, most);
  }

  function spend(entries: readonly Waiting[]): Fault[] {
    for (const entry of entries) entry.left -= 1;
    return entries.map(({ fault }) => fault);
  }

  return {
    inject: (fault) => {
      waiting.push({ fault, left: fault.times ?? 1 });
    },
    takeWire: (request) =>
      spend(
        met((fault) => isOneOf(PAYNETEASY_WIRE_FAULTS, fault.kind) && meetsRequest(fault, request), 1),
      )[0] as WireFault | undefined,
    takeCallback: (order) =>
      spend(
        met((fault) => isOneOf(PAYNETEASY_CALLBACK_FAULTS, fault.kind) && meetsOrder(fault, order)),
      ) as CallbackFault[],
    awaits: (order, kind) => met((fault) => fault.kind === kind && meetsOrder(fault, order)).length > 0,
    clear: () => {
      waiting = [];
    },
  };
}

function isOneOf(kinds: readonly string[], kind: string): boolean {
  return kinds.includes(kind);
}

function meetsRequest(fault: Fault, { command, login, clientOrderId }: RequestInfo): boolean {
  const on = fault.kind.startsWith('status_') ? 'status' : fault.on;
  const isOn = on === undefined || on === command || (on === 'money' && MONEY_COMMANDS.includes(command));
  return (
    isOn &&
    (fault.login === undefined || fault.login === login) &&
    (fault.clientOrderId === undefined || fault.clientOrderId === clientOrderId)
  );
}

function meetsOrder(fault: Fault, { login, clientOrderId }: Named): boolean {
  return (
    (fault.login === undefined || fault.login === login) &&
    (fault.clientOrderId === undefined || fault.clientOrderId === clientOrderId)
  );
}
