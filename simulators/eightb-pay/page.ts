/** The hosted page: the payer types a card, as often as it takes, and passes 3-D Secure. 8b.world /pay §6 and §10. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Bank } from './bank.js';
import type { Clock } from './clock.js';
import { isObject } from './fields.js';
import type { Ledger } from './ledger.js';
import type { Order, Transaction } from './order.js';
import { PAGE_HEADERS, cardPage, challengePage, messagePage } from './page-html.js';
import { pageTexts } from './page-texts.js';
import type { Settings } from './settings.js';
import { readCard } from './test-cards.js';

export interface PageParts {
  readonly ledger: Ledger;
  readonly bank: Bank;
  readonly clock: Clock;
  readonly settings: Settings;
}

interface SessionParams {
  readonly session: string;
  readonly id?: string;
}

export function servePage(app: FastifyInstance, { ledger, bank, clock, settings }: PageParts): void {
  const show = (reply: FastifyReply, status: number, html: string): FastifyReply =>
    reply.code(status).headers(PAGE_HEADERS).type('text/html; charset=UTF-8').send(html);
  const orderOf = (request: FastifyRequest): Order | undefined =>
    ledger.bySession((request.params as SessionParams).session);

  /** Why no card is asked for; undefined while one is. */
  function end(order: Order): { readonly status: number; readonly html: string } | undefined {
    const { lang, apiKey, reference, successUrl, expiresAt } = order;
    const texts = pageTexts(lang);
    const statuses = ledger.transactionsOf(apiKey, reference).map(({ status }) => status);
    const again = settings.shop(apiKey).variant.doubleCharge === 'possible';
    if (!again && statuses.some((status) => ['1', '2', '3', '4'].includes(status)))
      return { status: 200, html: messagePage(lang, texts.paid, successUrl) };
    if (statuses.includes('8')) return { status: 200, html: messagePage(lang, texts.processing, successUrl) };
    if (expiresAt <= clock.now()) return { status: 410, html: messagePage(lang, texts.expired) };
    return undefined;
  }

  function unknown(reply: FastifyReply): FastifyReply {
    return show(reply, 404, messagePage('en', pageTexts('en').unknown));
  }

  /** Where the payer goes after one try. */
  function onwards(
    reply: FastifyReply,
    order: Order,
    { status, challenged, id }: Transaction,
    session: string,
  ) {
    const texts = pageTexts(order.lang);
    if (challenged) return reply.redirect(`/pay/${session}/3ds/${id}`, 302);
    if (status === '1' || status === '3') return reply.redirect(order.successUrl, 302);
    // Another try is open: the browser goes to failure_url only when the payer leaves.
    if (status === '99') return show(reply, 422, cardPage(order, `/pay/${session}`, texts.declined));
    return show(reply, 200, messagePage(order.lang, texts.processing, order.successUrl));
  }

  app.get('/pay/:session', (request, reply) => {
    const order = orderOf(request);
    if (!order) return unknown(reply);
    const ended = end(order);
    return ended ? show(reply, ended.status, ended.html) : show(reply, 200, cardPage(order, ''));
  });

  app.post('/pay/:session', (request, reply) => {
    const order = orderOf(request);
    if (!order) return unknown(reply);
    const { session } = request.params as SessionParams;
    const form = isObject(request.body) ? request.body : {};
    const text = (name: string): string => (typeof form[name] === 'string' ? form[name] : '');
    const ended = end(order);
    if (ended)
      return ended.status === 410 ? show(reply, 410, ended.html) : reply.redirect(order.successUrl, 302);
    if (text('action') === 'leave') return reply.redirect(order.failureUrl, 302);
    const typed = { number: text('pan'), expiry: text('expiry'), cvv: text('cvv'), holder: text('holder') };
    const read = readCard(typed, clock.now());
    if (!read) return show(reply, 422, cardPage(order, '', pageTexts(order.lang).badCard));
    return onwards(reply, order, bank.charge(order, read.card, read.outcome), session);
  });

  function challengeOf(request: FastifyRequest): { order: Order; transaction: Transaction } | undefined {
    const order = orderOf(request);
    const transaction = ledger.transaction(Number((request.params as SessionParams).id));
    if (!order || transaction?.reference !== order.reference || transaction.apiKey !== order.apiKey)
      return undefined;
    return { order, transaction };
  }

  app.get('/pay/:session/3ds/:id', (request, reply) => {
    const found = challengeOf(request);
    if (!found) return unknown(reply);
    if (!found.transaction.challenged) return show(reply, 410, messagePage('en', pageTexts('en').expired));
    return show(reply, 200, challengePage(found.order, ''));
  });

  app.post('/pay/:session/3ds/:id', (request, reply) => {
    const found = challengeOf(request);
    if (!found) return unknown(reply);
    const form = isObject(request.body) ? request.body : {};
    const { session } = request.params as SessionParams;
    const answered = bank.answerChallenge(found.transaction, form['PaRes'] === 'Y');
    return onwards(reply, found.order, answered, session);
  });
}
