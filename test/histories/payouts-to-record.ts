import type { AccountId, PayoutKey } from '../../domain/ids.js';
import { aPayout, type TestEngine } from '../support/engine.js';

const BY_CALLBACK = { account: 'acme-a2p' as AccountId };
const PAGE = { destination: { type: 'hosted_page' }, returnUrls: { success: 'https://shop.example/ok' } } as const;

async function toTheEnd(engine: TestEngine, changes: Parameters<typeof aPayout>[0]): Promise<PayoutKey> {
  const request = aPayout(changes);
  await engine.client.create(request);
  return engine.client.wait(request, { timeoutMs: 30_000 });
}

/** One payout of each kind of ending; each leads it there and gives its key. */
export const PAYOUTS_TO_RECORD: Readonly<Record<string, (engine: TestEngine) => Promise<PayoutKey>>> = {
  'success-at-once': (engine) => toTheEnd(engine, {}),
  'success-by-poll': (engine) => toTheEnd(engine, { amount: { minor: 90_007, currency: 'RUB' } }),
  'success-by-callback': (engine) =>
    toTheEnd(engine, { ...BY_CALLBACK, amount: { minor: 91_007, currency: 'RUB' } }),
  'unknown-then-success': (engine) => toTheEnd(engine, { amount: { minor: 92_504, currency: 'RUB' } }),
  decline: (engine) => toTheEnd(engine, { amount: { minor: 93_006, currency: 'RUB' } }),
  expiry: (engine) => toTheEnd(engine, PAGE),

  async redirect(engine) {
    const request = aPayout({ ...BY_CALLBACK, ...PAGE });
    const { action } = await engine.client.create(request);
    const html = await (await fetch(action?.url ?? '')).text();
    const target = /<form[^>]*action="([^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const body = new URLSearchParams({ pan: '2200000000000004', action: 'pay' });
    await fetch(new URL(target, action?.url), { method: 'POST', body, redirect: 'manual' });
    return engine.client.wait(request, { timeoutMs: 30_000 });
  },

  async 'review-resolved'(engine) {
    const key = await toTheEnd(engine, { amount: { minor: 94_505, currency: 'RUB' } });
    await engine.client.resolve(key, { verdict: 'not_paid', actor: 'operator:olga', reason: 'not in the statement' });
    return engine.client.wait(key);
  },

  async 'cancel-refused'(engine) {
    const payout = await engine.client.create(aPayout({ amount: { minor: 95_007, currency: 'RUB' } }));
    await engine.client.cancel(payout, { actor: 'merchant:acme', reason: 'changed our mind' });
    return engine.client.wait(payout);
  },

  async refused(engine) {
    const request = aPayout({ amount: { minor: 100, currency: 'USD' } });
    await engine.client.create(request).catch(() => undefined);
    return request;
  },
};
