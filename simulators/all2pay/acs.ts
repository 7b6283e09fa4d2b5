/**
 * 3-D Secure: the bank's page under `/sim/acs`, and `finish3DSv2.do`, where the person's answer moves the order or the
 * stored card. All2pay payouts document §7.
 *
 * The finish answers the "second response" as JSON. A browser (`Accept: text/html`) is sent back to the merchant where
 * an address is known: the page order's return URL, or the login's `returnUrl`.
 */
import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Addresses } from './addresses.js';
import { ACS_PATH, FINISH_PATH } from './addresses.js';
import { refusalAnswer } from './answer.js';
import type { PayoutAnswers } from './answers.js';
import type { Bank } from './bank.js';
import type { CardAnswers } from './card-answers.js';
import type { CardOrder } from './card-order.js';
import { WHITE_PAGE } from './challenge-answer.js';
import type { JsonObject } from './fields.js';
import { isObject } from './fields.js';
import type { Ledger } from './ledger.js';
import type { Order } from './order.js';
import { PAGE_HEADERS, challengePage, messagePage, roubles } from './page-html.js';
import { returnAddress, withParams } from './page-return.js';
import { pageTexts } from './page-texts.js';
import { refusal } from './refusal.js';
import type { Settings } from './settings.js';
import type { CardStore } from './store-card.js';
import { write } from './envelope.js';

export interface AcsParts {
  readonly ledger: Ledger;
  readonly bank: Bank;
  readonly cards: CardStore;
  readonly settings: Settings;
  readonly addresses: Addresses;
  readonly answers: PayoutAnswers;
  readonly cardAnswers: CardAnswers;
}

type Challenged = Order | CardOrder;

export async function serveAcs(app: FastifyInstance, parts: AcsParts): Promise<void> {
  const { ledger, bank, cards, settings, addresses, answers, cardAnswers } = parts;
  await app.register(formbody);
  const texts = pageTexts('en');

  function show(reply: FastifyReply, status: number, html: string): FastifyReply {
    return reply.code(status).headers(PAGE_HEADERS).type('text/html; charset=UTF-8').send(html);
  }

  function ask(reply: FastifyReply, mdOrder: string): FastifyReply {
    const found = ledger.challenged(mdOrder);
    const now = found && settled(found);
    if (!now) return show(reply, 404, messagePage('en', texts, texts.unknown));
    if (!isAwaited(now)) return show(reply, 410, messagePage('en', texts, texts.expired));
    const about =
      'flow' in now ? `${now.orderNumber}, ${roubles(now.amount)}` : `${now.orderNumber}, ${now.maskedPan}`;
    return show(reply, 200, challengePage(texts, about, addresses.finish(), mdOrder));
  }

  function settled(found: Challenged): Challenged {
    return 'flow' in found ? bank.settle(found) : cards.settle(found);
  }

  /** `shortUrl`: the provider's page does the rest. */
  app.get(ACS_PATH, (request, reply) => {
    const { orderId } = request.query as JsonObject;
    return ask(reply, typeof orderId === 'string' ? orderId : '');
  });

  /** The classic form's three fields, letter by letter, or 3DS 2's one. */
  app.post(ACS_PATH, (request, reply) => {
    const form = isObject(request.body) ? request.body : {};
    const mdOrder = form['creq'] === undefined ? classicOrder(form) : creqOrder(form['creq']);
    if (mdOrder === undefined) return show(reply, 400, messagePage('en', texts, texts.failed));
    return ask(reply, mdOrder);
  });

  function classicOrder({ MD, PaReq, TermUrl }: JsonObject): string | undefined {
    // An ACS that posted wherever it is told would be anybody's relay.
    return typeof MD === 'string' && PaReq === WHITE_PAGE && TermUrl === addresses.finish() ? MD : undefined;
  }

  function finish(request: FastifyRequest, given: JsonObject, reply: FastifyReply): FastifyReply {
    const mdOrder = given['MD'] ?? given['mdOrder'];
    const verdict = given['PaRes'] ?? given['PaReq'];
    const found = typeof mdOrder === 'string' ? ledger.challenged(mdOrder) : undefined;
    if (!found || (verdict !== 'Y' && verdict !== 'N')) {
      const { httpStatus, body } = refusalAnswer(refusal(found ? 7 : 9));
      return reply.code(httpStatus).send(body);
    }
    const now = answerChallenge(parts, found, verdict === 'Y');
    const back = addressBack(now);
    if (back !== undefined && (request.headers.accept ?? '').includes('text/html'))
      return reply.redirect(back, 303);
    const answer = 'flow' in now ? answers.performed(now) : cardAnswers.stored(now);
    const { httpStatus, type, text } = write(answer, settings.variantOf(now.login));
    return reply.code(httpStatus).type(type).send(text);
  }

  function addressBack(now: Challenged): string | undefined {
    const { returnParams } = settings.variantOf(now.login);
    const { language = 'en', returnUrl } = 'flow' in now ? now : {};
    if ('flow' in now && returnUrl !== undefined) return returnAddress(now, language, returnParams);
    const address = settings.logins.get(now.login)?.returnUrl;
    if (address === undefined) return undefined;
    const values = { orderId: now.orderId, orderNumber: now.orderNumber, lang: language };
    return withParams(
      address.replaceAll('{orderNumber}', encodeURIComponent(now.orderNumber)),
      returnParams.map((name): [string, string] => [name, values[name]]),
    );
  }

  app.get(FINISH_PATH, (request, reply) => finish(request, request.query as JsonObject, reply));
  app.post(FINISH_PATH, (request, reply) =>
    finish(request, isObject(request.body) ? request.body : {}, reply),
  );
}

/** What the person's answer makes of it; nothing if it was answered or given up before. */
export function answerChallenge(
  { bank, cards }: Pick<AcsParts, 'bank' | 'cards'>,
  found: Challenged,
  approved: boolean,
): Challenged {
  return 'flow' in found ? bank.answerChallenge(found, approved) : cards.answerChallenge(found, approved);
}

function isAwaited(now: Challenged): boolean {
  return 'flow' in now ? now.status === '5' : now.state === 'awaiting3ds';
}

function creqOrder(creq: unknown): string | undefined {
  try {
    const request: unknown = JSON.parse(Buffer.from(String(creq), 'base64url').toString('utf8'));
    const id = isObject(request) ? request['threeDSServerTransID'] : undefined;
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}
