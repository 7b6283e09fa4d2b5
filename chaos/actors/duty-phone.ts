import { createHmac, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { z } from 'zod';
import { listening } from '../../test/support/switchable-server.js';
import type { Chance } from '../plan/chance.js';
import { readMessage, type Message } from '../network/http-message.js';

/** Where the engine's hook rings. Does not always answer. */
export interface DutyPhone {
  readonly url: string;
  /** As the configuration takes it: `whsec_…`. */
  readonly secret: string;
  /** Payouts and payments of which it was told that they are in review. */
  readonly told: ReadonlySet<string>;
  /** Calls that were not signed as they should be. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

const notice = z.object({
  data: z.object({ kind: z.string(), payoutId: z.string().optional(), paymentId: z.string().optional() }),
});

/** Of one notice: the engine's pauses between its tries grow from 10 s on, and a run has an end. */
const MOST_REFUSALS = 3;

export async function openDutyPhone(chance: Chance, isHostile: () => boolean): Promise<DutyPhone> {
  const key = randomBytes(32);
  const told = new Set<string>();
  const complaints: string[] = [];
  const rings = new Map<string, number>();

  function hear(message: Message): 'heard' | 'refused' {
    const id = String(message.headers['webhook-id']);
    if (!isSigned(message, key)) {
      complaints.push(`notice ${id}: it is not signed by us`);
      return 'heard';
    }
    const { data } = notice.parse(JSON.parse(message.body.toString('utf8')));
    const subject = data.payoutId ?? data.paymentId ?? '';
    const ring = (rings.get(id) ?? 0) + 1;
    rings.set(id, ring);
    const isRefused =
      ring <= MOST_REFUSALS && chance(`notice of ${subject}, ${data.kind}, ring ${ring}`) < 0.2;
    if (isHostile() && isRefused) return 'refused';
    if (data.kind === 'review_entered') told.add(subject);
    return 'heard';
  }

  const server = createServer((incoming, response) => {
    void readMessage(incoming).then((message) => {
      response.writeHead(hear(message) === 'heard' ? 204 : 503).end();
    });
  });
  const port = await listening(server);
  return {
    url: `http://127.0.0.1:${port}/`,
    secret: `whsec_${key.toString('base64')}`,
    told,
    complaints,
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
function isSigned({ headers, body }: Message, key: Buffer): boolean {
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body.toString('utf8')}`;
  const signature = createHmac('sha256', key).update(signed).digest('base64');
  return headers['webhook-signature'] === `v1,${signature}`;
}
