import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { AccountNotFoundError } from '../../client/errors.js';
import type { AccountId } from '../../domain/ids.js';
import type { ListAnswer } from '../../domain/provider-answer.js';
import type { ApiKey } from '../../journal/api-keys-port.js';
import {
  accountListSchema,
  accountParamsSchema,
  balanceSchema,
  pingSchema,
  registrySchema,
  statementSchema,
} from '../../schemas/accounts.js';
import { paymentReportSchema } from '../../schemas/payment-report.js';
import { timeSpanSchema } from '../../schemas/time-span.js';
import { callerOf } from '../caller.js';
import type { GatewayContext } from '../context.js';
import { describeAccount } from '../describe-account.js';
import { ProviderSilentError } from '../errors.js';
import { createPingDesk } from '../ping-desk.js';
import { problems } from '../responses.js';
import { usableAccounts } from '../usable-accounts.js';

/** The configured accounts: which there are, whether their provider is there, what they hold. */
export function accountRoutes(context: GatewayContext): FastifyPluginAsyncZod {
  const { client } = context;
  const ping = createPingDesk(client.accounts);

  const accountsOf = ({ merchant }: ApiKey) => usableAccounts(context, merchant);

  /** To a merchant's key the accounts of others do not exist. */
  function refuseUnknown(caller: ApiKey, account: AccountId): void {
    if (accountsOf(caller).some((provider) => provider.account === account)) return;
    throw new AccountNotFoundError('There is no such account. GET /v1/accounts has those that you may use.');
  }

  return async (app) => {
    app.route({
      method: 'GET',
      url: '/accounts',
      config: { needs: 'read' },
      schema: {
        operationId: 'listAccounts',
        tags: ['accounts'],
        summary: 'The accounts that this key may use, and what they can do',
        response: { 200: accountListSchema, ...problems(401, 403, 500, 503) },
      },
      handler: async (request) => ({ items: accountsOf(callerOf(request)).map(describeAccount) }),
    });

    app.route({
      method: 'GET',
      url: '/accounts/:account/ping',
      config: { needs: 'read' },
      schema: {
        operationId: 'pingAccount',
        tags: ['accounts'],
        summary: 'Is the provider there, and does it know us?',
        description:
          'Asks the provider, at most once in five seconds. `ok: false` says in words what is wrong.',
        params: accountParamsSchema,
        response: { 200: pingSchema, ...problems(401, 403, 404, 422, 500, 503) },
      },
      handler: async (request) => {
        const { account } = request.params;
        refuseUnknown(callerOf(request), account);
        return { account, ...(await ping(account)) };
      },
    });

    app.route({
      method: 'GET',
      url: '/accounts/:account/balance',
      config: { needs: 'oversee' },
      schema: {
        operationId: 'getBalance',
        tags: ['accounts'],
        summary: 'What the account holds at the provider',
        params: accountParamsSchema,
        response: { 200: balanceSchema, ...problems(401, 403, 404, 422, 500, 501, 502, 503) },
      },
      handler: async (request) => {
        const { account } = request.params;
        refuseUnknown(callerOf(request), account);
        const answer = await client.accounts.balance(account);
        if (answer.kind !== 'answered') throw new ProviderSilentError(`${answer.code}: ${answer.message}`);
        return { account, balances: [...answer.balances], at: answer.at };
      },
    });

    app.route({
      method: 'GET',
      url: '/accounts/:account/statement',
      config: { needs: 'oversee' },
      schema: {
        operationId: 'getStatement',
        tags: ['accounts'],
        summary: 'The movements on the account, as the provider has them',
        params: accountParamsSchema,
        querystring: timeSpanSchema,
        response: { 200: statementSchema, ...problems(400, 401, 403, 404, 422, 500, 501, 502, 503) },
      },
      handler: async (request) => {
        const { account } = request.params;
        refuseUnknown(callerOf(request), account);
        return { account, items: linesOf(await client.accounts.statement(account, request.query)) };
      },
    });

    app.route({
      method: 'GET',
      url: '/accounts/:account/registry',
      config: { needs: 'oversee' },
      schema: {
        operationId: 'getRegistry',
        tags: ['accounts'],
        summary: 'The orders as the provider has them',
        description: 'For reconciliation: `outcome` is what the provider says, whatever the journal has.',
        params: accountParamsSchema,
        querystring: timeSpanSchema,
        response: { 200: registrySchema, ...problems(400, 401, 403, 404, 422, 500, 501, 502, 503) },
      },
      handler: async (request) => {
        const { account } = request.params;
        refuseUnknown(callerOf(request), account);
        return { account, items: linesOf(await client.accounts.registry(account, request.query)) };
      },
    });

    app.route({
      method: 'GET',
      url: '/accounts/:account/payment-report',
      config: { needs: 'oversee' },
      schema: {
        operationId: 'getPaymentReport',
        tags: ['accounts'],
        summary: "The provider's report of payments, compared with the journal",
        description:
          'One item for each transaction that either side knows of, joined by order and transaction id.',
        params: accountParamsSchema,
        querystring: timeSpanSchema,
        response: { 200: paymentReportSchema, ...problems(400, 401, 403, 404, 422, 500, 501, 502, 503) },
      },
      handler: async (request) => {
        const { account } = request.params;
        refuseUnknown(callerOf(request), account);
        const lines = linesOf(await client.payments.report(account, request.query));
        return { account, items: lines.map((line) => ({ ...line, differences: [...line.differences] })) };
      },
    });
  };
}

function linesOf<Line>(answer: ListAnswer<Line>): Line[] {
  if (answer.kind === 'answered') return [...answer.lines];
  throw new ProviderSilentError(`${answer.code}: ${answer.message}`);
}
