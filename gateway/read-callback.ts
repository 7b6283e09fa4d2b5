import type { AccountId, OrderId } from '../domain/ids.js';
import { leavesToken } from '../domain/payment-transaction.js';
import type { CallbackInbox } from '../journal/inbox-port.js';
import type { PaymentNews } from '../providers/payment-port.js';
import type { Acknowledgement, RawCallback } from '../providers/port.js';
import type { Provider } from '../providers/provider.js';
import { sealCallbackBody, sealPaymentToken } from '../secrets/payment-seal.js';
import type { SealingKeys } from '../secrets/sealing-keys.js';

/** A callback as its adapter reads it, whoever's it is. */
export type ReadCallback =
  | { readonly kind: 'refused'; readonly why: string; readonly answer: Acknowledgement }
  | {
      readonly kind: 'verified';
      readonly acknowledge: Acknowledgement;
      /** What is to be stored before it is acknowledged. */
      entry(kept: RawCallback, sealingKeys: SealingKeys): Promise<Parameters<CallbackInbox['store']>[0]>;
    };

export function readCallback(provider: Provider, raw: RawCallback): ReadCallback {
  const { account } = provider;
  if (provider.kind === 'payout') {
    const reading = provider.readCallback(raw);
    if (reading.kind === 'refused') return reading;
    const { acknowledge, orderId, dedupeKey, proof, suggests } = reading;
    return {
      kind: 'verified',
      acknowledge,
      entry: async (kept) => ({ account, orderId, dedupeKey, proof, suggests, raw: kept }),
    };
  }
  const reading = provider.readCallback(raw);
  if (reading.kind === 'refused') return reading;
  const { acknowledge, orderId, dedupeKey, news } = reading;
  return {
    kind: 'verified',
    acknowledge,
    entry: async (kept, sealingKeys) => ({
      account,
      orderId,
      dedupeKey,
      transactions: news?.transactions,
      sealedToken: await sealedTokenIn(news, sealingKeys, account, orderId),
      raw: await withoutSecrets(kept, sealingKeys, account, orderId),
    }),
  };
}

async function sealedTokenIn(
  news: PaymentNews | undefined,
  keys: SealingKeys,
  account: AccountId,
  orderId: OrderId,
): Promise<string | undefined> {
  const worked = news?.transactions.find(
    ({ id, status }) => news.tokens[id] !== undefined && leavesToken(status),
  );
  const token = worked && news?.tokens[worked.id];
  return token === undefined ? undefined : sealPaymentToken(keys, token, { account, orderId });
}

/** A payment's message may hold a token, in a form that no search would find: all of it is sealed. */
async function withoutSecrets(
  raw: RawCallback,
  keys: SealingKeys,
  account: AccountId,
  orderId: OrderId,
): Promise<RawCallback> {
  const [path = ''] = raw.url.split('?');
  const message = raw.method === 'GET' ? new TextEncoder().encode(raw.url) : raw.body;
  const sealed = await sealCallbackBody(keys, message, { account, orderId });
  return { ...raw, url: path, body: new TextEncoder().encode(sealed) };
}
