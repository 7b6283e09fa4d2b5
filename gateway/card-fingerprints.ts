import type { FastifyInstance } from 'fastify';

/**
 * A card's fingerprint is shown to keys for all merchants alone: whoever may create payouts could try a masked number's
 * hundred thousand candidates, and see which has the same fingerprint.
 */
export function hideCardFingerprints(v1: FastifyInstance): void {
  v1.addHook('preSerialization', async ({ apiKey }, _reply, payload) =>
    apiKey?.merchant === undefined ? payload : without(payload),
  );
}

function without(payload: unknown): unknown {
  const text = JSON.stringify(payload, (name, value: unknown) =>
    name === 'cardFingerprint' ? undefined : value,
  );
  return JSON.parse(text) as unknown;
}
