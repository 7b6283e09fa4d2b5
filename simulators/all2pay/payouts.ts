/** registerPayout, performPayout and getPayoutStatus. All2pay payouts document §5, §6, §6.1 and §11.3. */
import { randomUUID } from 'node:crypto';

import type { Answer } from './answers.js';
import { performAnswer, refusalAnswer, registerAnswer, statusAnswer } from './answers.js';
import { CREDENTIAL_FIELDS } from './authentication.js';
import type { Bank } from './bank.js';
import { checkBin } from './card.js';
import type { JsonObject } from './fields.js';
import { optionalText, refuseOthers } from './fields.js';
import type { Ledger } from './ledger.js';
import type { MaskedTarget, Order } from './order.js';
import type { PayoutBody, PerformBody } from './payout-body.js';
import { LANGUAGE, ORDER_NUMBER, readPerform, readRegister } from './payout-body.js';
import { Refusal, refusal } from './refusal.js';
import type { Method } from './request-log.js';
import type { Settings } from './settings.js';

/** What a processed request leads to; the caller puts it on the wire. */
export interface Outcome {
  /** Absent: no answer, ever. */
  readonly answer?: Answer | undefined;
  readonly hangMs?: number | undefined;
}

export type Payouts = Readonly<Record<Method, (login: string, body: JsonObject) => Outcome>>;

/** Where an order's hosted page is; `origin` is known once the server listens. */
export function formUrlOf(origin: () => string): (order: Order) => string {
  return ({ login, orderId, language = 'en' }) =>
    `${origin()}/payment/merchants/${encodeURIComponent(login)}/payment_${language}.html?mdOrder=${orderId}`;
}

/** Every one may throw a `Refusal`. */
export function createPayouts(
  ledger: Ledger,
  bank: Bank,
  settings: Settings,
  formUrl: (order: Order) => string,
): Payouts {
  const { feeMinor, duplicateOrder } = settings;

  /** The stored order if it is to be executed again, nothing if there is none, and a refusal or answer otherwise. */
  function known(
    login: string,
    orderNumber: string,
    again: (order: Order) => Answer,
  ): Order | Outcome | undefined {
    const found = ledger.find(login, orderNumber);
    if (!found) return undefined;
    const order = bank.settle(found);
    if (order.rejected) throw refusal(16, orderNumber);
    // The document leaves the words of this refusal open; the gateway is known to have some of its own.
    if (duplicateOrder === 'reject400')
      throw new Refusal(0, 400, '98', 'Order with this number is already processed');
    return duplicateOrder === 'replayStored' ? { answer: again(order) } : order;
  }

  function register(login: string, given: JsonObject): Outcome {
    const body = readRegister(given, settings);
    const found = known(login, body.orderNumber, (order) => registerAnswer(order, formUrl(order)));
    if (found && !('login' in found)) return found;
    const expiresAt = Date.now() + body.sessionTimeoutSecs * settings.timings.sessionSecondMs;
    const { returnUrl, failUrl } = body;
    const page = { flow: 'page', status: '0', amount: body.amount, returnUrl, failUrl, expiresAt } as const;
    const order = bank.watch(ledger.save({ ...newOrder(login, body), ...found, ...page }));
    return { answer: registerAnswer(order, formUrl(order)) };
  }

  function perform(login: string, given: JsonObject): Outcome {
    const body = readPerform(given, settings);
    if (bank.swallows(body.amount)) return {};
    const found = known(login, body.orderNumber, (order) => performAnswer(order, feeMinor));
    if (found && !('login' in found)) return found;
    const order = { ...newOrder(login, body), ...found, amount: body.amount, target: targetOf(body) };
    try {
      checkCard(body);
    } catch (error) {
      // Refused before the bank saw it: the order stays at -1 for ever (§10.1).
      ledger.save({ ...order, rejected: true });
      throw error;
    }
    const { order: executed, refusal: refused, hangMs } = bank.execute({ ...order, status: '0' });
    const answer = refused ? refusalAnswer(refused, body.orderNumber) : performAnswer(executed, feeMinor);
    return { answer, hangMs };
  }

  /** A stored card is good only with the client it was stored for. */
  function targetOf({ target, clientId }: PerformBody): MaskedTarget {
    if (target.bindingId === undefined) return target;
    const binding = ledger.binding(target.bindingId);
    return binding?.clientId === clientId ? { ...target, maskedPan: binding?.maskedPan } : target;
  }

  function checkCard(body: PerformBody): void {
    const target = targetOf(body);
    if (target.bindingId !== undefined && target.maskedPan === undefined) throw refusal(28);
    if (target.maskedPan !== undefined) checkBin(target.maskedPan, settings.foreignPrefixes);
  }

  function status(login: string, body: JsonObject): Outcome {
    refuseOthers(body, [...CREDENTIAL_FIELDS, 'orderId', 'orderNumber', 'language'], 'getPayoutStatus');
    optionalText(body, 'language', LANGUAGE);
    const orderId = optionalText(body, 'orderId', { max: 36 });
    const orderNumber = optionalText(body, 'orderNumber', ORDER_NUMBER);
    if (orderId === undefined && orderNumber === undefined) throw refusal(8);
    const found = orderId === undefined ? ledger.find(login, orderNumber ?? '') : ledger.findById(orderId);
    const order = found && bank.settle(found);
    if (order?.login !== login || (order.hiddenUntil ?? 0) > Date.now()) throw refusal(9);
    return { answer: statusAnswer(order, feeMinor) };
  }

  return { registerPayout: register, performPayout: perform, getPayoutStatus: status };
}

function newOrder(login: string, body: PayoutBody): Order {
  const { orderNumber, amount, currency, description, language, clientId, jsonParams } = body;
  return {
    ...{ login, orderNumber, amount, currency, description, language, clientId, jsonParams },
    orderId: randomUUID(),
    bankOrderId: randomUUID(),
    flow: 'direct',
    createdAt: Date.now(),
    status: '-1',
    rejected: false,
    bookings: [],
  };
}
