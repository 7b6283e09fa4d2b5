import {
  withRetryAfter,
  type AccountId,
  type Money,
  type PayoutProvider,
  type ProviderDeps,
} from 'payout-engine/providers';
import { readCallback } from './callback.js';
import type { PocketPayConfig } from './config.js';
import { interpretMoney, interpretStatus, type Reading } from './interpret.js';
import { capabilitiesOf, limitsOf } from './limits.js';
import { createExchange, fullName, transferBody } from './request.js';
import { validate } from './validate.js';

const PROTOCOL = 'pocket_pay';

/** One Pocket Pay account: one step, `POST /transfers`; then `GET /transfers/<id>` or a callback. */
export function createPocketPay(
  account: AccountId,
  config: PocketPayConfig,
  deps: ProviderDeps = {},
): PayoutProvider {
  const { now = Date.now } = deps;
  const limits = limitsOf(config);
  const exchange = createExchange(config);
  const reading = (orderId: string, amount: Money, withheld: readonly string[]): Reading => ({
    orderId,
    amount,
    confidential: [config.secret, config.keyId, ...withheld],
    onUnmapped: (seen) => deps.onUnmapped?.({ account, protocol: PROTOCOL, ...seen }),
  });

  return {
    kind: 'payout',
    account,
    protocol: PROTOCOL,
    capabilities: capabilitiesOf(config),
    limits,
    validate: (request) => validate(request, limits),
    steps: () => ['execute'],

    async prepare(_step, order) {
      const exact = transferBody(order);
      const { destination, recipient } = order;
      const withheld = [destination.type === 'card' ? destination.number : '', fullName(recipient) ?? ''];
      let sent = false;
      return {
        exact,
        async send(signal) {
          if (sent) throw new Error('This request was sent before');
          sent = true;
          const http = await exchange.transfer(exact, signal);
          const answer = interpretMoney(http, reading(order.orderId, order.amount, withheld));
          return withRetryAfter(answer, http, now());
        },
      };
    },

    async status({ orderId, amount, withheld }, signal) {
      const http = await exchange.look(orderId, signal);
      return withRetryAfter(interpretStatus(http, reading(orderId, amount, withheld)), http, now());
    },

    readCallback: (raw) => readCallback(raw, config, limits),

    /** The protocol has no call for this: that an id which never was is not found shows as much (§5). */
    async ping(signal) {
      const http = await exchange.look('ping', signal);
      const answer = interpretStatus(http, reading('ping', { minor: 0, currency: config.currency }, []));
      return answer.kind === 'answered'
        ? { ok: true, words: 'Pocket Pay answers, and takes our signature' }
        : { ok: false, words: answer.message };
    },

    // What a provider has not, it says in words (§1).
    cards: { lacking: 'Pocket Pay stores no cards. Pay to the card itself' },
    balance: { lacking: 'Pocket Pay tells no balance. Look at its portal' },
    statement: { lacking: 'Pocket Pay gives no statement. Look at its portal' },
    registry: { lacking: 'Pocket Pay lists no transfers. Look at its portal' },
    callbackRepeat: { lacking: 'Pocket Pay repeats no callback on demand. It is polled' },
  };
}
