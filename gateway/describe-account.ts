import type { PaymentProvider } from '../providers/payment-port.js';
import { isLacking, type PayoutProvider } from '../providers/port.js';
import type { Provider } from '../providers/provider.js';
import type { AccountView } from '../schemas/accounts.js';

type Capability = AccountView['capabilities'][number];

const CALLBACKS = {
  none: 'The provider sends none: outcomes are found by asking.',
  hint: 'Each is confirmed by one status query.',
  proof: 'They prove their result by themselves.',
} as const;

/** An account for people who choose one: what it can do, and in words what it cannot. No credentials, no addresses. */
export function describeAccount(provider: Provider): AccountView {
  return provider.kind === 'payment' ? describePaying(provider) : describePayingOut(provider);
}

const OPERATIONS = {
  refund: 'Money can be given back, wholly or in part.',
  void: 'What is held can be released.',
  complete: 'What is held can be taken.',
} as const;

function describePaying({ account, protocol, limits, operations, recurrent }: PaymentProvider): AccountView {
  return {
    account,
    provider: protocol,
    currencies: [...limits.currencies],
    capabilities: [
      { name: 'take_payments', available: true, words: "By the provider's page." },
      {
        name: 'charge_again',
        available: recurrent,
        words: recurrent
          ? 'By the token of an earlier payment.'
          : 'This account takes no token: use the page.',
      },
      ...(['refund', 'void', 'complete'] as const).map((name) => {
        const available = operations.includes(name);
        return {
          name,
          available,
          words: available ? OPERATIONS[name] : 'Not here: use the provider’s portal.',
        };
      }),
    ],
  };
}

function describePayingOut({
  account,
  protocol,
  capabilities,
  limits,
  cards,
  balance,
  statement,
  registry,
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
      isLacking(statement)
        ? lacking('statement', statement.lacking)
        : { name: 'statement', available: true, words: 'The movements on the account, by time.' },
      isLacking(registry)
        ? lacking('registry', registry.lacking)
        : { name: 'registry', available: true, words: 'The orders as the provider has them, by time.' },
    ],
  };
}

function lacking(name: Capability['name'], words: string): Capability {
  return { name, available: false, words };
}
