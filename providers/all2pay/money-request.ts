import { randomUUID } from 'node:crypto';
import type { NotSent } from '../../domain/provider-answer.js';
import type { MoneyRequest, Order, Step } from '../port.js';
import type { Account } from './account.js';
import type { EncryptionKey } from './keys-answer.js';
import type { EncryptionKeys } from './encryption-keys.js';
import { interpretMoney } from './interpret-money.js';
import { performPayoutBody, registerPayoutBody } from './requests.js';
import { withRetryAfter } from '../retry-after.js';
import { seToken } from './se-token.js';
import { confidential } from './words.js';

interface EncryptedCard {
  readonly token: string;
  readonly key: EncryptionKey;
}

/** Builds the one request of a step; with an encrypted card only as long as it takes to send it (§8: 30 minutes). */
export async function buildMoneyRequest(
  account: Account,
  keys: EncryptionKeys,
  step: Step,
  order: Order,
): Promise<MoneyRequest | NotSent> {
  const { config, exchange, now } = account;
  const held = exchange.heldBack();
  if (held !== undefined) return held;
  const card = step === 'execute' ? await encryptedCard(account, keys, order) : undefined;
  if (card !== undefined && 'kind' in card) return card;

  const exact =
    step === 'register' ? registerPayoutBody(order, config) : performPayoutBody(order, config, card?.token);
  const reading = {
    ...account.reading([...confidential(order), ...(card ? [card.token] : [])]),
    expected: order,
    sentToken: card !== undefined,
  };
  let sent = false;
  return {
    exact,
    async send(signal) {
      if (sent) throw new Error('This request was sent before');
      sent = true;
      const method = step === 'register' ? 'registerPayout.do' : 'performPayout.do';
      const http = await exchange.post(method, exact, 'fresh', signal);
      const answer = withRetryAfter(interpretMoney(step, http, reading), http, now());
      if (card && answer.kind === 'unknown' && answer.suspected?.mendable) keys.drop(card.key);
      return answer;
    },
  };
}

/** The card as a token of its own, where this account encrypts cards. */
async function encryptedCard(
  { config, now }: Account,
  keys: EncryptionKeys,
  { destination, orderId }: Order,
): Promise<EncryptedCard | NotSent | undefined> {
  if (destination.type !== 'card' || config.cardEncryption === 'none') return undefined;
  const key = await keys.current();
  if ('kind' in key) return key;
  const content = { now: now(), uuid: randomUUID(), pan: destination.number, orderNumber: orderId };
  return { token: seToken(content, key.key), key };
}
