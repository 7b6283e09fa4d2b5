import { createHash } from 'node:crypto';
import type { AccountId, OrderId } from '../../domain/ids.js';
import { openCallbackBody } from '../../secrets/payment-seal.js';
import type { SealingKeys } from '../../secrets/sealing-keys.js';
import type { Message } from '../network/http-message.js';
import type { Stage } from '../stage/start-stage.js';
import type { Findings } from './findings.js';
import { queryJournal } from './query-journal.js';

interface StoredCallbackRow {
  readonly account: AccountId;
  readonly order_id: OrderId;
  readonly state: string;
  readonly url: string;
  readonly body: Uint8Array;
}

/**
 * Every callback that the gateway acknowledged is in the inbox and was handed on; none that was forged is there. A
 * repetition is the same message, so messages are compared, not how often they came.
 */
export async function checkCallbacks(stage: Stage): Promise<Pick<Findings, 'lost' | 'mismatches'>> {
  const rows = await queryJournal<StoredCallbackRow>(
    stage.databaseUrl,
    'select account, order_id, state, url, body from callbacks',
  );
  const stored = new Set(await Promise.all(rows.map((row) => digestOfRow(row, stage.sealingKeys))));
  const said = new Map(stage.frontDoor.acknowledged.map((message) => [digestOfMessage(message), message]));
  const genuine = new Set(said.keys());
  return {
    lost: [
      ...[...said]
        .filter(([digest]) => !stored.has(digest))
        .map(([, { path }]) => `callback ${path.slice(0, 120)}: acknowledged, and not in the inbox`),
      ...rows
        .filter(({ state }) => state !== 'delivered' && state !== 'late')
        .map(({ account, order_id: orderId, state }) => `callback of ${account}, order ${orderId}: ${state}`),
    ],
    mismatches: stage.frontDoor.forgeries
      .map((message) => ({ message, digest: digestOfMessage(message) }))
      .filter(({ digest }) => stored.has(digest) && !genuine.has(digest))
      .map(({ message: { path } }) => `callback ${path.slice(0, 120)}: forged, and in the inbox`),
  };
}

function digestOfMessage({ path, body }: Message): string {
  return digestOf(path, body);
}

/** The body of a payment's callback is kept sealed. */
async function digestOfRow({ account, order_id: orderId, url, body }: StoredCallbackRow, keys: SealingKeys) {
  const text = Buffer.from(body).toString('latin1');
  if (!text.startsWith('eyJ')) return digestOf(url, body);
  return digestOf(url, await openCallbackBody(keys, text, { account, orderId }));
}

/** Of what a provider says, not of when and how it signed it: the same word twice is stored once. */
function digestOf(url: string, body: Uint8Array): string {
  const [path = '', query = ''] = url.split('?');
  const said = [...new URLSearchParams(`${query}&${Buffer.from(body).toString('utf8')}`)]
    .filter(([name]) => !OF_THE_SENDING.has(name))
    .map((field) => field.join('='));
  return createHash('sha256')
    .update([path, ...said.sort()].join('\n'))
    .digest('base64');
}

const OF_THE_SENDING = new Set(['dt', 'hash', 'control', 'checksum', 'sign_alias', 'callbackCreationDate']);
