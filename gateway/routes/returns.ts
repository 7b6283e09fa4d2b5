import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ACCOUNT_PATTERN, ORDER_ID_PATTERN, type AccountId, type OrderId } from '../../domain/ids.js';
import type { ReturnUrls } from '../../domain/payout-request.js';
import type { RunKey } from '../../client/payout-client.js';
import { within } from '../bounded.js';
import type { GatewayContext } from '../context.js';
import { findOrder } from '../find-order.js';
import { sendPage } from '../page.js';
import { problems } from '../responses.js';

const METHODS = ['GET', 'POST'] as const;
const SIGNAL_MS = 1_000;
const READ_MS = 5_000;
/** A browser that reloads the page is no reason to ask the provider again at once. */
const SIGNAL_EVERY_MS = 5_000;
const MAX_RECENT = 1_000;

/** Who is waited for, and the merchant's own pages to lead on to. */
interface Returned {
  readonly run: RunKey;
  readonly account: AccountId;
  readonly status: string;
  readonly returnUrls: ReturnUrls | undefined;
  /** What the merchant's page is told: its own id. */
  readonly own: readonly [name: 'payoutId' | 'storedCardId' | 'paymentId', id: string];
}

/**
 * `/return/:account/:orderId`: the browser of a recipient, or of a card's owner, comes back from a provider's page. It
 * proves nothing; it is a reason to ask, and it leads only to the addresses that the merchant itself gave.
 */
export function returnRoutes({ journal, signals, providers, log }: GatewayContext): FastifyPluginAsyncZod {
  const recent = new Map<string, number>();

  async function signal({ run, own }: Returned): Promise<void> {
    const name = `${run.merchant}:${own.join(':')}`;
    const now = performance.now();
    if (now - (recent.get(name) ?? -Infinity) < SIGNAL_EVERY_MS) return;
    if (recent.size >= MAX_RECENT) recent.clear();
    recent.set(name, now);
    try {
      await within(SIGNAL_MS, signals.returned(run));
    } catch (error) {
      log.warn('return not signalled', { error: error instanceof Error ? error.message : 'unknown error' });
    }
  }

  async function find(account: string, orderId: string): Promise<Returned | undefined> {
    if (!ACCOUNT_PATTERN.test(account) || !ORDER_ID_PATTERN.test(orderId)) return undefined;
    const order = await findOrder(journal, account as AccountId, orderId as OrderId);
    if (order?.kind === 'payout') {
      const { payout } = order;
      const stored = await journal.payouts.read(payout);
      const own = ['payoutId', payout.payoutId] as const;
      const { account: at, status } = payout;
      return { run: payout, account: at, status, own, returnUrls: stored?.request.returnUrls };
    }
    if (order?.kind === 'stored_card') {
      const { card } = order;
      const stored = await journal.storedCards.read(card);
      const own = ['storedCardId', card.storedCardId] as const;
      const { account: at, status } = card;
      return { run: card, account: at, status, own, returnUrls: stored?.request.returnUrls };
    }
    if (order?.kind === 'payment') {
      const { payment } = order;
      const stored = await journal.payments.read(payment);
      const own = ['paymentId', payment.paymentId] as const;
      const { account: at, status } = payment;
      return { run: payment, account: at, status, own, returnUrls: stored?.request.returnUrls };
    }
    return undefined;
  }

  /** Only while the recipient must act: this door is open to everyone. And where callbacks come, they tell more. */
  function isWorthAsking({ status, account }: Returned): boolean {
    const provider = providers.get(account);
    // Of payments, callbacks come for every try of the payer.
    const isDeaf = provider?.kind === 'payout' && provider.capabilities.callbacks === 'none';
    return status === 'action_required' && isDeaf;
  }

  async function comeBack(
    account: string,
    orderId: string,
    to: unknown,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    let found: Returned | undefined;
    try {
      found = await within(READ_MS, find(account, orderId));
    } catch (error) {
      log.error('return not read', { error: error instanceof Error ? error.message : 'unknown error' });
      return sendPage(
        reply,
        503,
        'One moment',
        'The state of your payment is not at hand. Please reload this page.',
      );
    }
    if (found && isWorthAsking(found)) await signal(found);
    const returnUrls = found?.returnUrls;
    const target = to === 'failure' ? (returnUrls?.failure ?? returnUrls?.success) : returnUrls?.success;
    // The same of an order that there is not: nobody learns here which there are.
    if (found === undefined || target === undefined) {
      return sendPage(
        reply,
        200,
        'Thank you',
        'You can close this page. The state of your payment is being checked.',
      );
    }
    const url = new URL(target);
    url.searchParams.set(...found.own);
    return reply.code(303).header('location', url.href).send();
  }

  return async (app) => {
    // Providers post all sorts of forms here; nothing in them is believed, so nothing is read.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null, undefined));

    for (const method of METHODS) {
      app.route({
        method,
        url: '/return/:account/:orderId',
        schema: {
          operationId: `comeBack${method === 'GET' ? 'Get' : 'Post'}`,
          tags: ['providers'],
          summary: "The recipient's browser comes back",
          description:
            "Leads on to the merchant's own return URL with the parameter payoutId, storedCardId or paymentId, or shows a small page.",
          security: [],
          params: z.object({
            account: z.string().meta({ pattern: ACCOUNT_PATTERN.source }),
            orderId: z.string().meta({ pattern: ORDER_ID_PATTERN.source }),
          }),
          querystring: z.object({
            to: z
              .unknown()
              .optional()
              .meta({
                type: 'string',
                enum: ['success', 'failure'],
                description: 'Which return URL; success when left out.',
              }),
          }),
          response: {
            200: page('The merchant gave no return URL, or there is no such order.'),
            303: page("Location: the merchant's return URL."),
            503: page('The journal does not answer: reload.'),
            ...problems(400, 413),
          },
        },
        handler: async (request, reply) => {
          await comeBack(request.params.account, request.params.orderId, request.query.to, reply);
          return reply;
        },
      });
    }
  };
}

function page(description: string): {
  description: string;
  content: { 'text/html': { schema: z.ZodString } };
} {
  return { description, content: { 'text/html': { schema: z.string() } } };
}
