/** The faults waiting for their request or callback. All2pay payouts document §18. */
import type { CallbackFaultKind, Fault, WireFaultKind } from './fault.js';
import { isCallbackFault, isWireFault } from './fault.js';
import type { Method } from './request-log.js';

export interface Faulted {
  readonly method?: Method | undefined;
  readonly login?: string | undefined;
  readonly orderNumber?: string | undefined;
}

export type WireFault = Fault & { readonly kind: WireFaultKind };
export type CallbackFault = Fault & { readonly kind: CallbackFaultKind };

export interface Faults {
  inject(fault: Fault): void;
  /** The first fault for this request, spent by one. */
  takeWire(request: Faulted): WireFault | undefined;
  /** Every fault for this order's callback, each spent by one. */
  takeCallback(order: Faulted): readonly CallbackFault[];
  clear(): void;
}

export function createFaults(): Faults {
  let waiting: Waiting[] = [];

  function take(faulted: Faulted, wanted: (fault: Fault) => boolean, most: number): Fault[] {
    waiting = waiting.filter((entry) => !isSpent(entry));
    const met = waiting.filter(({ fault }) => wanted(fault) && meets(fault, faulted)).slice(0, most);
    for (const entry of met) {
      if (entry.fault.forMs === undefined) entry.left -= 1;
      else entry.until ??= Date.now() + entry.fault.forMs;
    }
    return met.map(({ fault }) => fault);
  }

  return {
    inject: (fault) => {
      waiting.push({ fault, left: fault.times ?? 1, until: undefined });
    },
    takeWire: (request) => take(request, ({ kind }) => isWireFault(kind), 1)[0] as WireFault | undefined,
    takeCallback: (order) => take(order, ({ kind }) => isCallbackFault(kind), Infinity) as CallbackFault[],
    clear: () => {
      waiting = [];
    },
  };
}

interface Waiting {
  readonly fault: Fault;
  left: number;
  /** Epoch ms, once it has struck for the first time. */
  until: number | undefined;
}

function isSpent({ left, until }: Waiting): boolean {
  return left <= 0 || (until !== undefined && until <= Date.now());
}

function meets(fault: Fault, { method, login, orderNumber }: Faulted): boolean {
  const wanted = fault.kind.startsWith('status_') ? 'getPayoutStatus' : fault.method;
  const unnamed = wanted === undefined && (method === 'keys' || method === 'echo');
  return (
    !unnamed &&
    (wanted === undefined || wanted === method) &&
    (fault.login === undefined || fault.login === login) &&
    (fault.orderNumber === undefined || fault.orderNumber === orderNumber)
  );
}
