import type { NotSent } from '../../domain/provider-answer.js';
import type { MoneyRequest, Order } from '../port.js';
import type { Account } from './account.js';
import { chooseDirection } from './directory.js';
import { interpretPayout } from './interpret-payout.js';
import { clientOf, payoutFields } from './payout-fields.js';
import { signedBody } from './requests.js';
import { withRetryAfter } from '../retry-after.js';
import { confidential } from './words.js';

/** Builds the one request that moves money: `payout` (8b Disbursement §5.1). The same order gives the same bytes. */
export function buildPayout(account: Account, order: Order): MoneyRequest | NotSent {
  const { config, exchange, now } = account;
  const held = exchange.heldBack();
  if (held !== undefined) return held;
  if (!isClientTaken(account, order)) {
    // Only here is the card open; any other destination was told before.
    const message = 'The card number is not of the form that its direction takes (clientPattern)';
    return { kind: 'not_sent', code: 'client_not_taken', message };
  }
  const exact = signedBody('payout', payoutFields(order, config), config);
  const reading = { ...account.reading(confidential(order)), orderId: order.orderId };
  let sent = false;
  return {
    exact,
    async send(signal) {
      if (sent) throw new Error('This request was sent before');
      sent = true;
      const http = await exchange.post('payout', exact, signal);
      return withRetryAfter(interpretPayout(http, reading), http, now());
    },
  };
}

function isClientTaken({ config }: Account, order: Order): boolean {
  const chosen = chooseDirection(config.destinations, order);
  return (
    chosen.kind !== 'one' || new RegExp(chosen.direction.clientPattern, 'u').test(clientOf(order.destination))
  );
}
