import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { PaymentNotFoundError, PayoutInvalidError } from '../../client/errors.js';
import { merchantQuerySchema } from '../../schemas/commands.js';
import { paymentParamsSchema } from '../../schemas/payment-operation.js';
import { paymentBodySchema, parsePaymentRequest } from '../../schemas/payment-request.js';
import {
  paymentEventsSchema,
  paymentPageSchema,
  paymentQuerySchema,
  paymentSchema,
} from '../../schemas/payment.js';
import { keyActor } from '../../domain/actor.js';
import { addressFor, callerOf, listedMerchant, merchantOf } from '../caller.js';
import type { GatewayContext } from '../context.js';
import { readBody } from '../read-body.js';
import { problems } from '../responses.js';
import { shownPayment } from '../shown-payment.js';
import { usableAccount } from '../usable-accounts.js';

const DEFAULT_PAGE = 50;

/** Money in: a payment is created by the engine and read from the journal. */
export function paymentRoutes(context: GatewayContext): FastifyPluginAsyncZod {
  const { client, journal } = context;
  return async (app) => {
    app.route({
      method: 'POST',
      url: '/payments',
      config: { needs: 'create' },
      schema: {
        operationId: 'createPayment',
        tags: ['payments'],
        summary: 'Create a payment, or find the one that has this id',
        description:
          'Idempotent by paymentId, for ever. Answers with the page that the payer must go to (action_required), or ' +
          "with an outcome. A key that acts for all must give `merchant`; a merchant's key need not.",
        body: paymentBodySchema,
        response: {
          201: paymentSchema.describe('The payment, newly created. Location: its address.'),
          200: paymentSchema.describe('A repeat: the original payment as it stands.'),
          ...problems(400, 401, 403, 409, 413, 415, 422, 500, 503),
        },
      },
      // The whole request, merchant included, is checked below: all problems are told at once.
      validatorCompiler: () => (data: unknown) => ({ value: data }),
      handler: async (request, reply) => {
        const caller = callerOf(request);
        const asked = readBody(request.body, caller, parsePaymentRequest);
        // Whoever repeats a request gets the original, whatever became of the account's rules since.
        const original = await journal.payments.get(asked);
        if (!original) {
          const found = usableAccount(context, asked, 'payment').validate(asked);
          if (found.length > 0) throw new PayoutInvalidError(found);
        }
        const payment = await client.payments.create(asked, { actor: keyActor(caller) });
        const { paymentId, merchant } = payment;
        reply.header('location', addressFor(caller, `/v1/payments/${paymentId}`, merchant));
        return reply.code(original ? 200 : 201).send(shownPayment(payment));
      },
    });

    app.route({
      method: 'GET',
      url: '/payments',
      config: { needs: 'read' },
      schema: {
        operationId: 'listPayments',
        tags: ['payments'],
        summary: 'Payments, newest first',
        querystring: paymentQuerySchema,
        response: { 200: paymentPageSchema, ...problems(401, 403, 422, 500, 503) },
      },
      handler: async (request) => {
        const { limit = DEFAULT_PAGE, cursor, merchant, ...filter } = request.query;
        const whose = listedMerchant(callerOf(request), merchant);
        const page = await journal.payments.list({ ...filter, merchant: whose }, { limit, cursor });
        return { items: page.items.map(shownPayment), nextCursor: page.nextCursor };
      },
    });

    app.route({
      method: 'GET',
      url: '/payments/:paymentId',
      config: { needs: 'read' },
      schema: {
        operationId: 'getPayment',
        tags: ['payments'],
        summary: 'One payment as it stands',
        params: paymentParamsSchema,
        querystring: merchantQuerySchema,
        response: { 200: paymentSchema, ...problems(401, 403, 404, 422, 500, 503) },
      },
      handler: async (request) => {
        const merchant = merchantOf(callerOf(request), request.query.merchant, noSuchPayment);
        const payment = await journal.payments.get({ merchant, paymentId: request.params.paymentId });
        if (!payment) throw noSuchPayment();
        return shownPayment(payment);
      },
    });

    app.route({
      method: 'GET',
      url: '/payments/:paymentId/events',
      config: { needs: 'read' },
      schema: {
        operationId: 'getPaymentEvents',
        tags: ['payments'],
        summary: "A payment's history, oldest first",
        params: paymentParamsSchema,
        querystring: merchantQuerySchema,
        response: { 200: paymentEventsSchema, ...problems(401, 403, 404, 422, 500, 503) },
      },
      handler: async (request) => {
        const merchant = merchantOf(callerOf(request), request.query.merchant, noSuchPayment);
        const key = { merchant, paymentId: request.params.paymentId };
        const events = await journal.payments.events(key);
        if (events.length === 0) throw noSuchPayment();
        return { items: [...events] };
      },
    });
  };
}

export function noSuchPayment(): PaymentNotFoundError {
  return new PaymentNotFoundError('There is no payment with this id. Check the id and the merchant.');
}
