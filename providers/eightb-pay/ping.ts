import type { Exchange } from './exchange.js';
import { readEnvelope } from './envelope.js';
import { eventOf } from './error-classes.js';
import type { EightbPayConfig } from './config.js';
import { statusDocument } from './requests.js';

/** The protocol has no echo: asks about an order that does not exist (8b.world /pay §4.2), which tries the keys as well. */
export async function ping(
  exchange: Exchange,
  config: EightbPayConfig,
  signal: AbortSignal,
): Promise<{ ok: boolean; words: string }> {
  const http = await exchange.post('status', exchange.body(statusDocument('ping', config)), 'pooled', signal);
  if (http.kind !== 'response') return { ok: false, words: http.message };
  const event = eventOf(http, readEnvelope(http, config));
  if (event === 'success') return { ok: true, words: 'It answers, and its signature is right' };
  if (event === 'failure') return { ok: true, words: 'It answers' };
  return {
    ok: false,
    words: event === 'bad_sign' ? 'It answers with a wrong signature' : `HTTP ${http.status}`,
  };
}
