/** registerPayout and performPayout. All2pay payouts document §5, §6 and §7. */
import { randomUUID } from 'node:crypto';

import type { Outcome } from './answer.js';
import { refusalAnswer } from './answer.js';
import type { PayoutAnswers } from './answers.js';
import type { Bank } from './bank.js';
import { usable } from './binding.js';
import { checkBin } from './card.js';
import type { Clock } from './clock.js';
import type { Duplicates } from './duplicates.js';
import type { JsonObject } from './fields.js';
import type { Ledger } from './ledger.js';
import type { MaskedTarget, Order, Source } from './order.js';
import type { PayoutBody, PerformBody, ReadingRules } from './payout-body.js';
import { readPerform, readRegister } from './payout-body.js';
import { refusal } from './refusal.js';
import type { PostMethod } from './request-log.js';
import type { Settings } from './settings.js';
import { triggerOf } from './triggers.js';

export type Handler = (login: string, body: JsonObject) => Outcome;
export type Handlers = Readonly<Record<PostMethod, Handler>>;

export interface PayoutParts {
  readonly ledger: Ledger;
  readonly bank: Bank;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly duplicates: Duplicates;
  readonly answers: PayoutAnswers;
  readonly rulesOf: (login: string) => ReadingRules;
}

/** Every one may throw a `Refusal`. */
export function createPayouts(parts: PayoutParts): Pick<Handlers, 'registerPayout' | 'performPayout'> {
  const { ledger, bank, settings, clock, duplicates, answers, rulesOf } = parts;

  function newOrder(login: string, body: PayoutBody): Order {
    const { orderNumber, amount, currency, description, language, clientId, merchantLogin, jsonParams } =
      body;
    return {
      ...{ login, orderNumber, amount, currency, description, language, clientId, merchantLogin, jsonParams },
      source: sourceOf(login, body),
      orderId: randomUUID(),
      bankOrderId: randomUUID(),
      flow: 'direct',
      createdAt: clock.now(),
      status: '-1',
      rejected: false,
      bookings: [],
    };
  }

  /** A recipient's card, or somebody else's, is no source; a payer's that is not there (any more) has no card data. */
  function sourceOf(login: string, { sourceBindingId }: PayoutBody): Source | undefined {
    if (sourceBindingId === undefined) return undefined;
    const known = ledger.binding(sourceBindingId);
    const binding = usable(known, login, 'source');
    if (binding) {
      const { bindingId, clientId, maskedPan } = binding;
      return { bindingId, clientId, maskedPan };
    }
    if (known && !known.dead) throw refusal(14);
    return { bindingId: sourceBindingId };
  }

  function register(login: string, given: JsonObject): Outcome {
    const body = readRegister(given, rulesOf(login));
    const fresh = newOrder(login, body);
    checkSource(fresh);
    const known = duplicates.payout(login, body.orderNumber, answers.registered);
    if (known.kind === 'answered') return known.outcome;
    const expiresAt = Date.now() + body.sessionTimeoutSecs * settings.timings.sessionSecondMs;
    const { returnUrl, failUrl, amount } = body;
    const page = { flow: 'page', status: '0', amount, returnUrl, failUrl, expiresAt } as const;
    const found = known.kind === 'again' ? known.found : undefined;
    const order = bank.watch(ledger.save({ ...fresh, ...found, ...page }));
    return { answer: answers.registered(order) };
  }

  function perform(login: string, given: JsonObject): Outcome {
    const body = readPerform(given, rulesOf(login));
    if (triggerOf(body.amount) === 'swallowed') return {};
    const fresh = newOrder(login, body);
    const known = duplicates.payout(login, body.orderNumber, answers.performed);
    if (known.kind === 'answered') return known.outcome;
    const found = known.kind === 'again' ? known.found : undefined;
    const order = {
      ...fresh,
      ...found,
      amount: body.amount,
      target: targetOf(login, body),
      source: fresh.source,
    };
    try {
      checkCards(login, order);
    } catch (error) {
      // Refused before the bank saw it: the order stays at -1 for ever (§10.1).
      ledger.save({ ...order, rejected: true });
      throw error;
    }
    const { order: executed, refusal: refused, hangMs } = bank.execute({ ...order, status: '0' });
    const answer = refused ? refusalAnswer(refused, body.orderNumber) : answers.performed(executed);
    return { answer, hangMs };
  }

  /** A stored card is good only with the client it was stored for. */
  function targetOf(login: string, { target, clientId }: PerformBody): MaskedTarget {
    if (target.bindingId === undefined) return target;
    const binding = usable(ledger.binding(target.bindingId), login, 'target');
    return binding?.clientId === clientId ? { ...target, maskedPan: binding?.maskedPan } : target;
  }

  function checkCards(login: string, order: Order): void {
    checkSource(order);
    const { target } = order;
    if (target?.bindingId !== undefined && target.maskedPan === undefined) throw refusal(28);
    if (target?.maskedPan !== undefined)
      checkBin(target.maskedPan, settings.variantOf(login).foreignPrefixes);
  }

  return { registerPayout: register, performPayout: perform };
}

function checkSource({ source }: Order): void {
  if (source && source.maskedPan === undefined) throw refusal(28);
}
