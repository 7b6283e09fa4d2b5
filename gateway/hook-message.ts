import { createHmac } from 'node:crypto';
import type { Notice } from '../journal/outbox-port.js';

export interface HookMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * A notice as Standard Webhooks has it (https://www.standardwebhooks.com): the id is the notice's own in every try, so
 * that its receiver can tell a repetition; the time is that of this try. No personal data.
 *
 * @param secret the bytes of `whsec_…`
 */
export function hookMessage(notice: Notice, secret: Uint8Array, nowMs: number): HookMessage {
  const { kind, subject, subjectId, merchant, account, orderId, from, to, reason, at } = notice;
  const subjectKey = subject === 'payout' ? { payoutId: subjectId } : { paymentId: subjectId };
  const body = JSON.stringify({
    type: `${subject}.${kind}`,
    timestamp: at,
    data: { kind, merchant, ...subjectKey, account, orderId, from, to, reason, at },
  });
  const id = `notice_${notice.id}`;
  const timestamp = String(Math.floor(nowMs / 1000));
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signatureOf(secret, id, timestamp, body)}`,
    },
  };
}

/** HMAC-SHA256 over `id.timestamp.body`, in base64. */
export function signatureOf(secret: Uint8Array, id: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
}
