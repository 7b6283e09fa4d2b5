import { z } from 'zod';
import { EngineUnavailableError } from './errors.js';
import type { SealingKeys } from '../secrets/sealing-keys.js';

/** Where the public sealing keys come from: configuration, or the gateway's well-known address. */
export type SealingSource = { readonly publicKeys: SealingKeys } | { readonly gatewayUrl: string };

const REFRESH_MS = 5 * 60_000;

const jwksSchema = z.object({
  keys: z
    .array(
      z.object({ kty: z.string(), kid: z.string(), crv: z.string(), x: z.string(), y: z.string() }).loose(),
    )
    .min(1),
});

/** Reads the keys when they are first needed, and from a gateway again every five minutes, so that rotation arrives. */
export function sealingKeysFrom(source: SealingSource): () => Promise<SealingKeys> {
  if ('publicKeys' in source) {
    const keys = jwksSchema.parse(source.publicKeys);
    return () => Promise.resolve(keys);
  }
  const url = new URL('/.well-known/jwks.json', source.gatewayUrl).href;
  let fetched: { readonly at: number; readonly keys: SealingKeys } | undefined;
  return async () => {
    if (!fetched || Date.now() - fetched.at > REFRESH_MS) {
      fetched = { at: Date.now(), keys: await fetchKeys(url) };
    }
    return fetched.keys;
  };
}

async function fetchKeys(url: string): Promise<SealingKeys> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    return jwksSchema.parse(await response.json());
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new EngineUnavailableError(
      `The card cannot be sealed: no public key from ${url} (${why}). Start the gateway, or configure the public key`,
    );
  }
}
