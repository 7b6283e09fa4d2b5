import type { EngineAccount } from '../../activities/deps.js';
import type { AccountId } from '../../domain/ids.js';
import type { MoneyAnswer } from '../../domain/provider-answer.js';
import type { MoneyRequest, PayoutProvider } from '../../providers/port.js';
import type { EngineSides, Rewire } from '../../workers/rewire.js';

/** Every payout provider, with some of its methods replaced. */
export function rewiredProviders(replace: (provider: PayoutProvider) => Partial<PayoutProvider>): Rewire {
  return ({ journal, accounts }: EngineSides) => {
    const entries = [...accounts].map(([id, account]): [AccountId, EngineAccount] => {
      const { provider } = account;
      if (provider.kind !== 'payout') return [id, account];
      const rewired = Object.assign(Object.create(provider) as PayoutProvider, replace(provider));
      return [id, { ...account, provider: rewired }];
    });
    return { journal, accounts: new Map(entries) };
  };
}

/** What the answers to requests that move money are taken for. */
export function mistaking(take: (answer: MoneyAnswer) => MoneyAnswer): Rewire {
  return rewiredProviders((provider) => ({
    async prepare(step, order, signal) {
      const request = await provider.prepare(step, order, signal);
      if ('kind' in request) return request;
      const { exact } = request;
      return { exact, send: async (within) => take(await request.send(within)) } satisfies MoneyRequest;
    },
  }));
}
