/** The faults waiting for their request or callback. */
import type { PayFault } from './fault.js';
import { isCallbackFault } from './fault.js';
import type { Method } from './request-log.js';

export interface Faulted {
  readonly method?: Method | undefined;
  readonly apiKey?: string | undefined;
  readonly reference?: string | undefined;
}

export interface Faults {
  inject(fault: PayFault): void;
  /** The first fault for this request, spent by one. */
  takeWire(request: Faulted): PayFault | undefined;
  /** Every fault for this order's callback, each spent by one. */
  takeCallback(order: Faulted): readonly PayFault[];
  clear(): void;
}

export function createFaults(): Faults {
  let waiting: { readonly fault: PayFault; left: number }[] = [];

  function take(faulted: Faulted, callbacks: boolean, most: number): PayFault[] {
    waiting = waiting.filter(({ left }) => left > 0);
    const met = waiting
      .filter(({ fault }) => isCallbackFault(fault.kind) === callbacks && meets(fault, faulted))
      .slice(0, most);
    for (const entry of met) entry.left -= 1;
    return met.map(({ fault }) => fault);
  }

  return {
    inject: (fault) => void waiting.push({ fault, left: fault.times ?? 1 }),
    takeWire: (request) => take(request, false, 1)[0],
    takeCallback: (order) => take(order, true, Infinity),
    clear: () => {
      waiting = [];
    },
  };
}

function meets(fault: PayFault, { method, apiKey, reference }: Faulted): boolean {
  const wanted = fault.kind.startsWith('status_') ? 'status' : fault.method;
  return (
    (wanted === undefined || method === undefined || wanted === method) &&
    (fault.apiKey === undefined || fault.apiKey === apiKey) &&
    (fault.reference === undefined || fault.reference === reference)
  );
}
