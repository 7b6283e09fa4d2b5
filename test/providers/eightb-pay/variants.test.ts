import { describe, expect, it, onTestFinished } from 'vitest';
import type { OrderId } from '../../../domain/ids.js';
import {
  EIGHTB_PAY_DEFAULTS,
  EIGHTB_PAY_VARIANTS,
  startEightbPaySimulator,
} from '../../../simulators/index.js';
import { API_KEY, never, ORDER, providerAt, SECRET } from './fixtures.js';

/** What our account must say where the provider behaves otherwise than we assume. */
const SETTINGS: Readonly<Record<string, Record<string, unknown>>> = {
  'signAlgorithm=sha256': { signAlgorithm: 'sha256' },
  'zone=+03:00': { timeZone: 'Europe/Moscow' },
  'echoKey=false': { requireEchoedKey: false },
};
/** Where the outcome differs from "paid, then refunded". */
const HELD = ['twoStage=true'];

it('has a variant for every field but what a default covers', () => {
  const keys = new Set(EIGHTB_PAY_VARIANTS.map(({ key }) => key));
  expect([...keys].sort()).toEqual(Object.keys(EIGHTB_PAY_DEFAULTS).sort());
  expect(new Set(EIGHTB_PAY_VARIANTS.map(({ name }) => name)).size).toBe(EIGHTB_PAY_VARIANTS.length);
});

describe('a payment and its refund', () => {
  it.each(EIGHTB_PAY_VARIANTS.map((variant) => [variant.name, variant] as const))(
    '%s',
    async (name, { patch }) => {
      const simulator = await startEightbPaySimulator({ apiKey: API_KEY, secretKey: SECRET, ...patch });
      onTestFinished(() => simulator.close());
      const provider = providerAt(simulator.baseUrl, SETTINGS[name]);
      const order = { ...ORDER, orderId: 'PAY-1' as OrderId };
      const query = { orderId: order.orderId, amount: order.amount, withheld: [] };

      expect(await provider.status(query, never)).toMatchObject({
        kind: 'answered',
        progress: { transactions: [] },
      });
      expect(await provider.start(order).send(never)).toMatchObject({
        kind: 'answered',
        progress: { kind: 'page' },
      });
      expect(simulator.control.order('PAY-1')?.expiresAt).toBe(order.expiresAt);
      const transactionId = simulator.control.pay('PAY-1');
      const status = HELD.includes(name) ? 'held' : 'paid';
      expect(await provider.status(query, never)).toMatchObject({
        progress: { transactions: [{ id: transactionId, status, amount: order.amount }], tokens: {} },
      });
      const kind = HELD.includes(name) ? 'void' : 'refund';
      expect(await provider.operate({ kind, transactionId }).send(never)).toMatchObject({
        progress: { kind: 'done' },
      });
      expect(await provider.operate({ kind, transactionId }).send(never)).toMatchObject({
        kind: 'unknown',
        suspected: {},
      });
    },
  );
});

it('a verification that charges is seen as paid', async () => {
  const simulator = await startEightbPaySimulator({
    apiKey: API_KEY,
    secretKey: SECRET,
    verification: 'charges',
  });
  onTestFinished(() => simulator.close());
  const provider = providerAt(simulator.baseUrl, { cardVerification: true });
  await provider.start({ ...ORDER, purpose: 'card_verification' }).send(never);
  simulator.control.pay(ORDER.orderId);
  const query = { orderId: ORDER.orderId, amount: ORDER.amount, withheld: [] };
  expect(await provider.status(query, never)).toMatchObject({
    progress: { transactions: [{ status: 'paid' }] },
  });
});
