import type { Payload } from '@temporalio/common';
import { payloadCodec } from '../../secrets/payload-codec.js';
import type { PayloadKeys } from '../../secrets/payload-keys.js';

/** Every payload anywhere in what Temporal tells: a history, an event, a failure. */
export function payloadsIn(told: unknown): Payload[] {
  if (typeof told !== 'object' || told === null || told instanceof Uint8Array) return [];
  if ('data' in told && told.data instanceof Uint8Array) return [told as Payload];
  return Object.values(told).flatMap(payloadsIn);
}

export function textOf({ data }: Payload): string {
  return Buffer.from(data ?? []).toString();
}

/** All payloads as whoever has the keys reads them; of the namespace `default`. */
export async function decrypted(keys: PayloadKeys, told: unknown): Promise<string> {
  const readable = await payloadCodec(keys, 'default').decode(payloadsIn(told));
  return readable.map(textOf).join('\n');
}
