/** The faults that wait for their request or callback, by the suite's own neutral words. */
import type { CallbackFaultKind, FaultKind } from 'payout-engine/conformance';

interface Waiting {
  readonly on: 'money' | 'status';
  readonly id: string;
  readonly kind: FaultKind;
  left: number;
}

export interface Faults {
  add(on: Waiting['on'], id: string, kind: FaultKind, times: number): void;
  addCallback(id: string, kind: CallbackFaultKind): void;
  /** The first fault for this request, spent by one. */
  take(on: Waiting['on'], id: string): FaultKind | undefined;
  ofCallback(id: string): CallbackFaultKind | undefined;
}

export function createFaults(): Faults {
  const waiting: Waiting[] = [];
  const ofCallbacks = new Map<string, CallbackFaultKind>();
  return {
    add: (on, id, kind, times) => void waiting.push({ on, id, kind, left: times }),
    addCallback: (id, kind) => void ofCallbacks.set(id, kind),
    take(on, id) {
      const found = waiting.find((fault) => fault.on === on && fault.id === id && fault.left > 0);
      if (found) found.left -= 1;
      return found?.kind;
    },
    ofCallback: (id) => ofCallbacks.get(id),
  };
}
