/** The hosted page: the person types the card, the page executes the payout. All2pay payouts document §5. */
import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Addresses } from './addresses.js';
import type { Bank } from './bank.js';
import { checkBin, checkPan, maskPan } from './card.js';
import { isObject } from './fields.js';
import type { Ledger } from './ledger.js';
import type { Order } from './order.js';
import { PAGE_HEADERS, formPage, messagePage } from './page-html.js';
import { returnAddress } from './page-return.js';
import type { PageTexts } from './page-texts.js';
import { pageTexts } from './page-texts.js';
import { Refusal } from './refusal.js';
import type { Settings } from './settings.js';
import type { Timers } from '../timers.js';
import { triggerOf } from './triggers.js';

const PAGE_PATH = '/payment/merchants/:login/:page';

export interface PageParts {
  readonly settings: Settings;
  readonly ledger: Ledger;
  readonly bank: Bank;
  readonly timers: Timers;
  readonly addresses: Addresses;
}

/** One visit: whose page, in which language. */
interface Visit {
  readonly order: Order | undefined;
  readonly language: string;
  readonly texts: PageTexts;
}

interface End {
  readonly status: number;
  readonly words: string;
  /** Where the browser may go. */
  readonly back?: string | undefined;
}

export async function servePage(
  app: FastifyInstance,
  { settings, ledger, bank, timers, addresses }: PageParts,
): Promise<void> {
  await app.register(formbody);

  function visitOf(request: FastifyRequest): Visit {
    const { login, page } = request.params as { readonly login: string; readonly page: string };
    const { mdOrder } = request.query as { readonly mdOrder?: unknown };
    const language = /^payment_([a-z]{2})\.html$/.exec(page)?.[1];
    const found =
      language !== undefined && typeof mdOrder === 'string' ? ledger.findById(mdOrder) : undefined;
    const mine = found?.flow === 'page' && found.login === login ? bank.settle(found) : undefined;
    return { order: mine, language: language ?? 'en', texts: pageTexts(language ?? 'en') };
  }

  /** What the page says when there is nothing to type; undefined while the card is awaited. */
  function endOf({ order, language, texts }: Visit): End | undefined {
    if (!order) return { status: 404, words: texts.unknown };
    if (order.rejected) return { status: 200, words: texts.failed };
    const closed = order.status === '0' && (order.expiresAt ?? Infinity) <= Date.now();
    if (closed || order.actionCode === -2007) return { status: 410, words: texts.expired };
    if (order.status === '0') return undefined;
    const { paid, declined, pending, failed, confirm } = texts;
    const words = { '-1': failed, 2: paid, 5: confirm, 6: declined, 7: pending }[order.status];
    return { status: 200, words, back: back(order, language) };
  }

  function showEnd(reply: FastifyReply, { order, language, texts }: Visit, end?: End): FastifyReply {
    const { status = 404, words = texts.unknown, back: link } = end ?? {};
    return show(reply, status, messagePage(language, texts, words, order, link));
  }

  /** Where the person goes from here: on to their bank's 3DS, or back to the merchant. */
  function back(order: Order, language: string): string {
    if (order.status === '5' && order.challenge) return addresses.acsRedirect(order.challenge.mdOrder);
    return returnAddress(order, language, settings.variantOf(order.login).returnParams);
  }

  function show(reply: FastifyReply, status: number, html: string): FastifyReply {
    return reply.code(status).headers(PAGE_HEADERS).type('text/html; charset=UTF-8').send(html);
  }

  /** The order with the card typed, or what is wrong with it. */
  function readCard(order: Order, typed: unknown, texts: PageTexts): Order | string {
    try {
      const maskedPan = maskPan(
        checkPan(typeof typed === 'string' ? typed.replace(/[\s-]/g, '') : typed, 'pan'),
      );
      checkBin(maskedPan, settings.variantOf(order.login).foreignPrefixes);
      return { ...order, target: { maskedPan } };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return error.row === 5 ? texts.badCard : texts.refusedCard;
    }
  }

  app.get(PAGE_PATH, (request, reply) => {
    const visit = visitOf(request);
    const end = endOf(visit);
    if (!visit.order || end) return showEnd(reply, visit, end);
    return show(reply, 200, formPage(visit.order, visit.language, visit.texts));
  });

  app.post(PAGE_PATH, async (request, reply) => {
    const visit = visitOf(request);
    const { order, language, texts } = visit;
    const end = endOf(visit);
    // A second click: the payout was executed by the first.
    if (order && end?.back !== undefined) return reply.redirect(end.back, 303);
    if (!order || end) return showEnd(reply, visit, end);

    const form = isObject(request.body) ? request.body : {};
    if (form['action'] === 'cancel') return reply.redirect(back(bank.decline(order, -100), language), 303);
    const ready = readCard(order, form['pan'], texts);
    if (typeof ready === 'string') return show(reply, 422, formPage(order, language, texts, ready));
    if (triggerOf(order.amount) === 'swallowed') return reply.hijack();
    const { order: executed, refusal, hangMs } = bank.execute(ready);
    if (hangMs !== undefined) await timers.sleep(hangMs);
    // Another try is open.
    if (executed.status === '0')
      return show(reply, 422, formPage(executed, language, texts, texts.refusedCard));
    if (!refusal || executed.status === '6') return reply.redirect(back(executed, language), 303);
    return show(reply, refusal.httpStatus, messagePage(language, texts, texts.failed, executed));
  });
}
