import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { OperatedPayment } from '../../client/payments-client.js';
import type { PaymentKey } from '../../domain/ids.js';
import type { OperationKind } from '../../domain/payment-transaction.js';
import { merchantQuerySchema, resolveBodySchema } from '../../schemas/commands.js';
import {
  holdBodySchema,
  operatedSchema,
  operationParamsSchema,
  paymentParamsSchema,
  refundBodySchema,
  settleBodySchema,
} from '../../schemas/payment-operation.js';
import { paymentSchema } from '../../schemas/payment.js';
import { keyActor } from '../../domain/actor.js';
import { callerOf, merchantOf } from '../caller.js';
import type { GatewayContext } from '../context.js';
import { PaymentNotResolvedError } from '../errors.js';
import { RESOLVING } from '../needs.js';
import { problems } from '../responses.js';
import { shownPayment } from '../shown-payment.js';
import { noSuchPayment } from './payments.js';

const SUMMARIES: Readonly<Record<OperationKind, string>> = {
  refund: 'Give money back',
  void: 'Release what is held',
  complete: 'Take what is held',
};

/** What is done to a payment after it; where nobody knows the outcome, by whoever may sign for it. */
export function paymentCommandRoutes({ client, journal }: GatewayContext): FastifyPluginAsyncZod {
  async function mustExist(key: PaymentKey): Promise<void> {
    if (!(await journal.payments.get(key))) throw noSuchPayment();
  }

  return async (app) => {
    for (const kind of ['refund', 'void', 'complete'] as const) {
      app.route({
        method: 'POST',
        url: `/payments/:paymentId/${kind}`,
        config: { needs: 'operate' },
        schema: {
          operationId: `${kind}Payment`,
          tags: ['payments'],
          summary: SUMMARIES[kind],
          description:
            'Idempotent by operationId, for ever: repeat the request unchanged until its status is done or not_done. ' +
            '202: its outcome is not proven yet. in_review: nobody knows; a person must settle it.',
          params: paymentParamsSchema,
          querystring: merchantQuerySchema,
          body: kind === 'refund' ? refundBodySchema : holdBodySchema,
          response: {
            200: operatedSchema.describe('It has ended: done, not_done or in_review.'),
            202: operatedSchema.describe('It is processing.'),
            ...problems(400, 401, 403, 404, 409, 413, 415, 422, 500, 503),
          },
        },
        handler: async (request, reply) => {
          const caller = callerOf(request);
          const { merchant: named, ...options } = request.body;
          const merchant = merchantOf(caller, named ?? request.query.merchant, noSuchPayment);
          const key = { merchant, paymentId: request.params.paymentId };
          await mustExist(key);
          const done = await client.payments[kind](key, { ...options, actor: keyActor(caller) });
          return reply.code(done.operation.status === 'processing' ? 202 : 200).send(shown(done));
        },
      });
    }

    app.route({
      method: 'POST',
      url: '/payments/:paymentId/operations/:operationId/settle',
      config: { needs: 'settle' },
      schema: {
        operationId: 'settleOperation',
        tags: ['payments'],
        summary: 'Settle an operation of which nobody knows the outcome',
        params: operationParamsSchema,
        querystring: merchantQuerySchema,
        body: settleBodySchema,
        response: { 200: paymentSchema, ...problems(400, 401, 403, 404, 413, 415, 422, 500, 503) },
      },
      handler: async (request) => {
        const caller = callerOf(request);
        const { verdict, reason, merchant: named } = request.body;
        const merchant = merchantOf(caller, named ?? request.query.merchant, noSuchPayment);
        const key = { merchant, ...request.params };
        await mustExist(key);
        return shownPayment(await client.payments.settle(key, { verdict, reason, actor: keyActor(caller) }));
      },
    });

    app.route({
      method: 'POST',
      url: '/payments/:paymentId/resolve',
      config: { needs: RESOLVING },
      schema: {
        operationId: 'resolvePayment',
        tags: ['payments'],
        summary: 'Settle a payment in review',
        params: paymentParamsSchema,
        querystring: merchantQuerySchema,
        body: resolveBodySchema,
        response: { 200: paymentSchema, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 500, 503) },
      },
      handler: async (request) => {
        const caller = callerOf(request);
        const { verdict, reason, merchant: named } = request.body;
        const merchant = merchantOf(caller, named ?? request.query.merchant, noSuchPayment);
        const key = { merchant, paymentId: request.params.paymentId };
        await mustExist(key);
        const result = await client.payments.resolve(key, { verdict, reason, actor: keyActor(caller) });
        if (!result.resolved) throw new PaymentNotResolvedError(result.why, result.payment);
        return shownPayment(result.payment);
      },
    });
  };
}

function shown({ operation, payment }: OperatedPayment) {
  return { operation, payment: shownPayment(payment) };
}
