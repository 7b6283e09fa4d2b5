import { isLacking, type PayoutProvider } from '../providers/port.js';
import type { AccountView } from '../schemas/accounts.js';

type Capability = AccountView['capabilities'][number];

const CALLBACKS = {
  none: 'The provider sends none: outcomes are found by asking.',
  hint: 'Each is confirmed by one status query.',
  proof: 'They prove their result by themselves.',
} as const;

/** An account for people who choose one: what it can do, and in words what it cannot. No credentials, no addresses. */
export function describeAccount({
  account,
  protocol,
  capabilities,
  limits,
  cards,
  balance,
}: PayoutProvider): AccountView {
  const { destinations, callbacks, sources } = capabilities;
  return {
    account,
    provider: protocol,
    currencies: [...limits.currencies],
    capabilities: [
      { name: 'pay_to', available: destinations.length > 0, words: destinations.join(', ') },
      {
        name: 'pay_from',
        available: sources,
        words: sources
          ? "The account's own funds, or a payer's stored card."
          : "Only the account's own funds: the provider takes no payer's card.",
      },
      { name: 'callbacks', available: callbacks !== 'none', words: CALLBACKS[callbacks] },
      isLacking(cards)
        ? lacking('store_cards', cards.lacking)
        : { name: 'store_cards', available: true, words: `As ${cards.purposes.join(' or ')}.` },
      isLacking(balance)
        ? lacking('balance', balance.lacking)
        : { name: 'balance', available: true, words: 'The provider tells it.' },
    ],
  };
}

function lacking(name: Capability['name'], words: string): Capability {
  return { name, available: false, words };
}
