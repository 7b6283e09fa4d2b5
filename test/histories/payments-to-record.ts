import type { OperationId, PaymentKey, PaymentOperationKey } from '../../domain/ids.js';
import { aPayment, type PaymentsEngine } from '../support/payments-engine.js';

const PATIENCE = { timeoutMs: 60_000 };

async function paid(engine: PaymentsEngine, changes: Parameters<typeof aPayment>[0]): Promise<PaymentKey> {
  const request = aPayment(changes);
  const { orderId } = await engine.client.payments.create(request);
  engine.shop.pay(orderId);
  return engine.client.payments.wait(request, PATIENCE);
}

/** One payment of each kind of ending; each leads it there and gives its key. */
export const PAYMENTS_TO_RECORD: Readonly<Record<string, (engine: PaymentsEngine) => Promise<PaymentKey>>> = {
  'payment-by-poll': (engine) => paid(engine, {}),
  'payment-by-callback': (engine) => paid(engine, { account: 'shop' }),

  async 'payment-restarted'(engine) {
    engine.shop.inject({ kind: 'reset_after', method: 'pay' });
    return paid(engine, {});
  },

  async 'payment-expired'(engine) {
    const expiresAt = new Date(Date.now() + 1_000).toISOString();
    const request = aPayment({ account: 'shop-far', expiresAt });
    await engine.client.payments.create(request);
    return engine.client.payments.wait(request, PATIENCE);
  },

  async 'payment-completed'(engine) {
    const request = aPayment({ account: 'shop-hold' });
    const { orderId } = await engine.client.payments.create(request);
    engine.shop.pay(orderId);
    await untilHeld(engine, request);
    await engine.client.payments.complete(request, { operationId: 'complete' });
    return engine.client.payments.wait(request, PATIENCE);
  },
};

/** Operations, in the same way. */
export const OPERATIONS_TO_RECORD: Readonly<
  Record<string, (engine: PaymentsEngine) => Promise<PaymentOperationKey>>
> = {
  async 'operation-done'(engine) {
    const { merchant, paymentId } = await paid(engine, {});
    await engine.client.payments.refund({ merchant, paymentId }, { operationId: 'refund' });
    return { merchant, paymentId, operationId: 'refund' as OperationId };
  },

  async 'operation-proven-by-status'(engine) {
    const request = aPayment({ account: 'shop-hold' });
    const { orderId } = await engine.client.payments.create(request);
    engine.shop.pay(orderId);
    await untilHeld(engine, request);
    engine.shop.inject({ kind: 'reset_after', method: 'void' });
    await engine.client.payments.void(request, { operationId: 'void' });
    await engine.client.payments.wait(request, PATIENCE);
    const { merchant, paymentId } = request;
    return { merchant, paymentId, operationId: 'void' as OperationId };
  },
};

async function untilHeld(engine: PaymentsEngine, key: PaymentKey): Promise<void> {
  for (;;) {
    const { status } = await engine.client.payments.get(key);
    if (status === 'held') return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
