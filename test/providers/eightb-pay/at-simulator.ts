import { afterAll, beforeAll } from 'vitest';
import type { OrderId } from '../../../domain/ids.js';
import type {
  PaymentNews,
  PaymentOperation,
  PaymentOrder,
  PaymentProvider,
} from '../../../providers/payment-port.js';
import { startEightbPaySimulator, type EightbPaySimulator } from '../../../simulators/index.js';
import { API_KEY, never, ORDER, providerAt, SECRET } from './fixtures.js';

const SHOPS = {
  [API_KEY]: { secretKey: SECRET },
  'two-stage': { secretKey: SECRET, variant: { twoStage: true } },
  abroad: { secretKey: SECRET, variant: { systemCurrency: 'UAH' } },
  tabs: { secretKey: SECRET, variant: { doubleCharge: 'possible' } },
} as const;
/** One of the provider's: nothing comes before a test puts the clock forward. */
export const SECOND_MS = 60_000;
/** One for all tests of a file, with shops that differ. */
export let simulator: EightbPaySimulator;

/** Called by each file: files may share this module, and what it has imported. */
export function useSimulator(): void {
  beforeAll(async () => {
    simulator = await startEightbPaySimulator({ shops: SHOPS, timings: { secondMs: SECOND_MS } });
  });
  afterAll(() => simulator.close());
}

export const at = (changes: Record<string, unknown> = {}): PaymentProvider =>
  providerAt(simulator.baseUrl, changes);
let count = 0;
export const order = (more: Partial<PaymentOrder> = {}): PaymentOrder => {
  count += 1;
  return { ...ORDER, expiresAt: '2048-01-01T00:00:00.000Z', ...more, orderId: `PAY-${count}` as OrderId };
};
export const start = (of: PaymentOrder, by = at()) => by.start(of).send(never);
export const ask = (of: PaymentOrder, by = at()) =>
  by.status({ orderId: of.orderId, amount: of.amount, withheld: [of.payer.email] }, never);
export const operate = (operation: PaymentOperation, by = at()) => by.operate(operation).send(never);
export const told = (...statuses: string[]) => ({
  kind: 'answered',
  progress: { transactions: statuses.map((status) => ({ status, amount: ORDER.amount })) },
});

export async function news(of: PaymentOrder, by = at()): Promise<PaymentNews> {
  const answer = await ask(of, by);
  if (answer.kind !== 'answered') throw new Error(`Not answered: ${answer.message}`);
  return answer.progress;
}

/** The page was opened and paid: its only transaction's id. */
export async function paid(of: PaymentOrder, by = at(), cvv = '123'): Promise<string> {
  await start(of, by);
  return simulator.control.pay(of.orderId, { cvv });
}
