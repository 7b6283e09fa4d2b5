import { z } from 'zod';
import { shownPayment } from '../gateway/shown-payment.js';
import type { PayoutClient } from '../client/payout-client.js';
import type { RefundOptions } from '../client/payments-client.js';
import type { Payout } from '../domain/payout.js';
import type { OperationKind } from '../domain/payment-transaction.js';
import type { Verdict } from '../domain/verdict.js';
import { cancelledSchema, resolvedSchema } from '../schemas/commands.js';
import { operatedSchema } from '../schemas/payment-operation.js';
import { paymentSchema } from '../schemas/payment.js';
import { payoutSchema } from '../schemas/payout.js';
import type { Engine } from './context.js';
import { callGateway, type GatewayRequest } from './gateway-api.js';
import { withClient } from './open-client.js';
import { osUser } from './os-user.js';
import type { ShownPayment } from './payments/print-payment.js';
import { readPayout } from './read-payout.js';

/** As long as the client itself would wait for an answer of the engine. */
const PATIENCE_MS = 100_000;

type PayoutKey = { readonly merchant: string; readonly payoutId: string };
type PaymentKey = { readonly merchant: string; readonly paymentId: string };
type Operated = z.output<typeof operatedSchema>;
type Why = { readonly why: string };

/** What is done to payouts and payments that are there. */
export interface Commands {
  cancel(
    key: PayoutKey,
    reason: string,
  ): Promise<{ payout: Payout } & ({ cancelled: true } | ({ cancelled: false } & Why))>;
  resolve(
    key: PayoutKey,
    verdict: Verdict,
    reason: string,
  ): Promise<{ payout: Payout } & ({ resolved: true } | ({ resolved: false } & Why))>;
  operate(kind: OperationKind, key: PaymentKey, options: Omit<RefundOptions, 'actor'>): Promise<Operated>;
  settle(
    key: PaymentKey & { readonly operationId: string },
    verdict: 'done' | 'not_done',
    reason: string,
  ): Promise<ShownPayment>;
  /** `why` it was not settled, where it was not. */
  resolvePayment(
    key: PaymentKey,
    verdict: Verdict,
    reason: string,
  ): Promise<{ payment: ShownPayment } & Partial<Why>>;
}

/**
 * Through the gateway where this terminal has a key to it: its roles then hold, and its name stands in the history.
 * Otherwise straight at Temporal, where whoever gets there may do everything.
 */
export async function withCommands<T>(engine: Engine, work: (commands: Commands) => Promise<T>): Promise<T> {
  if (engine.gateway.apiKey !== undefined) return work(throughGateway(engine));
  return withClient(engine, (client) => work(throughTemporal(client)));
}

function throughTemporal({ payments, ...payouts }: PayoutClient): Commands {
  const actor = osUser();
  return {
    cancel: (key, reason) => payouts.cancel(key, { actor, reason }),
    resolve: (key, verdict, reason) => payouts.resolve(key, { verdict, actor, reason }),
    operate: async (kind, key, options) => {
      const { operation, payment } = await payments[kind](key, { ...options, actor });
      return { operation, payment: shownPayment(payment) };
    },
    settle: async (key, verdict, reason) =>
      shownPayment(await payments.settle(key, { verdict, actor, reason })),
    resolvePayment: async (key, verdict, reason) => {
      const result = await payments.resolve(key, { verdict, actor, reason });
      const payment = shownPayment(result.payment);
      return result.resolved ? { payment } : { payment, why: result.why };
    },
  };
}

const refusedPayoutSchema = z.object({ detail: z.string(), payout: payoutSchema });
const refusedPaymentSchema = z.object({ detail: z.string(), payment: paymentSchema });

function throughGateway(engine: Engine): Commands {
  const post = (path: string, body: object, answers?: GatewayRequest['answers']): Promise<unknown> =>
    callGateway(engine, { method: 'POST', path: `/v1/${path}`, body, answers, timeoutMs: PATIENCE_MS });
  return {
    async cancel({ merchant, payoutId }, reason) {
      const path = `payouts/${encodeURIComponent(payoutId)}/cancel`;
      const answer = z
        .union([cancelledSchema, refusedPayoutSchema])
        .parse(await post(path, { merchant, reason }, ['not-cancelled']));
      const payout = readPayout(answer.payout);
      return 'detail' in answer
        ? { cancelled: false, why: answer.detail, payout }
        : { cancelled: true, payout };
    },
    async resolve({ merchant, payoutId }, verdict, reason) {
      const path = `payouts/${encodeURIComponent(payoutId)}/resolve`;
      const answer = z
        .union([resolvedSchema, refusedPayoutSchema])
        .parse(await post(path, { merchant, verdict, reason }, ['not-resolved']));
      const payout = readPayout(answer.payout);
      return 'detail' in answer
        ? { resolved: false, why: answer.detail, payout }
        : { resolved: true, payout };
    },
    async operate(kind, { merchant, paymentId }, options) {
      const path = `payments/${encodeURIComponent(paymentId)}/${kind}`;
      return operatedSchema.parse(await post(path, { merchant, ...options }));
    },
    async settle({ merchant, paymentId, operationId }, verdict, reason) {
      const path = `payments/${encodeURIComponent(paymentId)}/operations/${encodeURIComponent(operationId)}/settle`;
      return paymentSchema.parse(await post(path, { merchant, verdict, reason }));
    },
    async resolvePayment({ merchant, paymentId }, verdict, reason) {
      const path = `payments/${encodeURIComponent(paymentId)}/resolve`;
      const answer = z
        .union([paymentSchema, refusedPaymentSchema])
        .parse(await post(path, { merchant, verdict, reason }, ['not-resolved']));
      return 'detail' in answer ? { payment: answer.payment, why: answer.detail } : { payment: answer };
    },
  };
}
