import type { Payload } from '@temporalio/common';
import { z } from 'zod';
import { isEncrypted, PayloadKeyError, payloadCodec } from '../secrets/payload-codec.js';
import type { PayloadKeys } from '../secrets/payload-keys.js';

/** Payloads as protobuf has them in JSON: bytes in base64. */
export const payloadsSchema = z.object({
  payloads: z
    .array(
      z.looseObject({ metadata: z.record(z.string(), z.string()).default({}), data: z.string().default('') }),
    )
    .max(10_000)
    .default([]),
});

type JsonPayload = z.output<typeof payloadsSchema>['payloads'][number];

export interface Decoded {
  readonly payloads: readonly JsonPayload[];
  /** Came back as they were: no key of ours, or another namespace's. */
  readonly unreadable: number;
}

/** Each by itself, so that one payload under a lost key does not hide the others. */
export async function decodePayloads(
  payloads: readonly JsonPayload[],
  keys: PayloadKeys,
  namespace: string,
): Promise<Decoded> {
  const codec = payloadCodec(keys, namespace);
  const decoded = await Promise.all(
    payloads.map(async (json) => {
      const payload = fromJson(json);
      if (!isEncrypted(payload)) return json;
      try {
        const [readable = payload] = await codec.decode([payload]);
        return toJson(readable);
      } catch (error) {
        if (error instanceof PayloadKeyError) return undefined;
        throw error;
      }
    }),
  );
  return {
    payloads: decoded.map((payload, index) => payload ?? payloads[index] ?? { metadata: {}, data: '' }),
    unreadable: decoded.filter((payload) => payload === undefined).length,
  };
}

function fromJson({ metadata, data }: JsonPayload): Payload {
  return {
    metadata: mapped(metadata, (value) => Buffer.from(value, 'base64')),
    data: Buffer.from(data, 'base64'),
  };
}

function toJson({ metadata, data }: Payload): JsonPayload {
  return { metadata: mapped(metadata ?? {}, base64), data: base64(data ?? new Uint8Array()) };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function mapped<From, To>(
  values: Readonly<Record<string, From>>,
  to: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, to(value)]));
}
