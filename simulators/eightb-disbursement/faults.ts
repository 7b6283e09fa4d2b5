/** The faults waiting for their request or callback. */
import type { EightbDisbursementFault, EightbDisbursementCallbackFaultKind } from './fault.js';
import { isCallbackFault } from './fault.js';
import type { Method } from './request-log.js';

export interface Faulted {
  readonly method?: Method | undefined;
  readonly service: string;
  readonly id?: string | undefined;
}

export interface Faults {
  inject(fault: EightbDisbursementFault): void;
  /** The first fault for this request, spent by one. */
  takeWire(request: Faulted): EightbDisbursementFault | undefined;
  /** Every fault for this operation's callback, each spent by one. */
  takeCallback(operation: Faulted): readonly EightbDisbursementFault[];
  /** Is there one for this operation's callback? It is not spent. */
  awaits(kind: EightbDisbursementCallbackFaultKind, operation: Faulted): boolean;
  clear(): void;
}

interface Waiting {
  readonly fault: EightbDisbursementFault;
  left: number;
}

export function createFaults(): Faults {
  let waiting: Waiting[] = [];

  function waitingFor(faulted: Faulted, wanted: (fault: EightbDisbursementFault) => boolean): Waiting[] {
    waiting = waiting.filter(({ left }) => left > 0);
    return waiting.filter(({ fault }) => wanted(fault) && meets(fault, faulted));
  }

  function spend(entries: readonly Waiting[]): EightbDisbursementFault[] {
    for (const entry of entries) entry.left -= 1;
    return entries.map(({ fault }) => fault);
  }

  return {
    inject: (fault) => void waiting.push({ fault, left: fault.times ?? 1 }),
    takeWire: (request) => spend(waitingFor(request, ({ kind }) => !isCallbackFault(kind)).slice(0, 1))[0],
    takeCallback: (operation) => spend(waitingFor(operation, ({ kind }) => isCallbackFault(kind))),
    awaits: (kind, operation) => waitingFor(operation, (fault) => fault.kind === kind).length > 0,
    clear: () => {
      waiting = [];
    },
  };
}

function meets(fault: EightbDisbursementFault, { method, service, id }: Faulted): boolean {
  const wanted = fault.kind.startsWith('check_') ? 'check' : fault.method;
  return (
    (wanted === undefined || method === undefined || wanted === method) &&
    (fault.service === undefined || fault.service === service) &&
    (fault.id === undefined || fault.id === id)
  );
}
