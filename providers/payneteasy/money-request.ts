import type { NotSent } from '../../domain/provider-answer.js';
import type { MoneyRequest, Order, Step } from '../port.js';
import type { Account } from './account.js';
import { askStatus } from './ask-status.js';
import type { FormBody } from './form-body.js';
import { interpretMoney, type MoneyCommand } from './interpret-money.js';
import { unfitAddress } from './our-addresses.js';
import { payBody, payoutBody } from './requests.js';
import { withRetryAfter } from '../retry-after.js';
import { confidential } from './words.js';

/** Builds the one request of a step (Payneteasy §11); payout-pay needs the gateway's id of the order that was checked. */
export async function buildMoneyRequest(
  account: Account,
  step: Step,
  order: Order,
  signal: AbortSignal,
): Promise<MoneyRequest | NotSent> {
  const { config, exchange } = account;
  const held = exchange.heldBack();
  if (held !== undefined) return held;
  if (config.flow === 'one_step' && step === 'register') throw new Error('This account pays in one step');
  if (config.flow === 'two_step' && step === 'execute') return buildPay(account, order, signal);
  const unfit = unfitAddress(order, config);
  if (unfit !== undefined) return unfit;
  const direct = order.destination.type === 'stored_card' ? 'payout-by-ref' : 'payout';
  return request(account, step === 'register' ? 'payout-check' : direct, payoutBody(order, config), order);
}

async function buildPay(
  account: Account,
  order: Order,
  signal: AbortSignal,
): Promise<MoneyRequest | NotSent> {
  const known = order.providerOrderId ?? (await readOrderId(account, order, signal));
  if (typeof known === 'object') return known;
  return request(account, 'payout-pay', payBody(order.orderId, known, account.config), {
    ...order,
    providerOrderId: known,
  });
}

/** Where the answer to payout-check was lost, the status still names the order; one that is not ready is not paid. */
async function readOrderId(account: Account, order: Order, signal: AbortSignal): Promise<string | NotSent> {
  const answer = await askStatus(account, order, confidential(order), signal);
  if (
    answer.kind === 'answered' &&
    answer.progress.kind === 'ready' &&
    answer.providerOrderId !== undefined
  ) {
    return answer.providerOrderId;
  }
  const words = answer.kind === 'answered' ? `the order is ${answer.progress.kind}` : answer.message;
  const message = `The provider's id of the checked order cannot be had: ${words}`;
  return { kind: 'not_sent', code: 'order_id_unknown', message };
}

function request(account: Account, command: MoneyCommand, body: FormBody, order: Order): MoneyRequest {
  const { exchange, now } = account;
  const reading = { ...account.reading(confidential(order)), expected: order };
  let sent = false;
  return {
    exact: body.bytes,
    async send(signal) {
      if (sent) throw new Error('This request was sent before');
      sent = true;
      const http = await exchange.money(command, body, signal);
      return withRetryAfter(interpretMoney(command, http, reading), http, now());
    },
  };
}
