import type { Engine } from '../context.js';
import { bad, good, type Finding } from './finding.js';

/** Can this terminal read what the engine answers by Temporal? */
export function checkPayloadKeys({ payloadKeys }: Engine): Finding {
  const [first] = payloadKeys?.keys ?? [];
  if (!payloadKeys || !first) {
    return bad(
      'payload keys',
      'there are none, and the engine encrypts what Temporal keeps',
      'Set PAYOUTS_PAYLOAD_KEYS as the workers have it.',
    );
  }
  return good('payload keys', `${first.kid} encrypts; ${payloadKeys.keys.length} to decrypt with`);
}
