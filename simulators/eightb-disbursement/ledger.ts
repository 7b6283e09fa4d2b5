/** Operations by service and id, the accounts' funds and their movements. 8b Disbursement §5.3, §5.4, §11. */
import type { Operation } from './operation.js';
import { operationKey } from './operation.js';
import type { Settings } from './settings.js';

export interface Movement {
  readonly id: number;
  readonly service: string;
  readonly at: number;
  readonly type: 'IN' | 'OUT';
  readonly minor: number;
  /** The operation it belongs to; undefined: a top-up. */
  readonly operation?: string | undefined;
  readonly words: string;
}

export interface Ledger {
  save(operation: Operation): Operation;
  find(service: string, id: string): Operation | undefined;
  all(): Operation[];
  /** Takes from the funds, or puts back, and writes the movement down. */
  move(movement: Omit<Movement, 'id' | 'at'>): void;
  funds(service: string): number;
  movements(service: string): Movement[];
  reset(): void;
}

const FIRST_MOVEMENT = 90_001;

export function createLedger({ services }: Settings): Ledger {
  const operations = new Map<string, Operation>();
  let movements: Movement[] = [];

  const ofService = (service: string): Movement[] =>
    movements.filter((movement) => movement.service === service);
  return {
    save: (operation) => {
      operations.set(operationKey(operation.service, operation.id), operation);
      return operation;
    },
    find: (service, id) => operations.get(operationKey(service, id)),
    all: () => [...operations.values()],
    move: (movement) => {
      movements.push({ ...movement, id: FIRST_MOVEMENT + movements.length, at: Date.now() });
    },
    funds: (service) =>
      ofService(service).reduce(
        (sum, { type, minor }) => (type === 'IN' ? sum + minor : sum - minor),
        services.get(service)?.balanceMinor ?? 0,
      ),
    movements: ofService,
    reset: () => {
      operations.clear();
      movements = [];
    },
  };
}
