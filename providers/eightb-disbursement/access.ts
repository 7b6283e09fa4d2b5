import type { Access } from '../login-guard.js';
import type { EightbConfig } from './config.js';
import { httpClassOf } from './http-classes.js';
import { ruleOf } from './refusal.js';
import { readResponse } from './responses.js';
import { readResult } from './results.js';

/**
 * Whether the provider lets us in at all (8b Disbursement §7 CONFIG: "stop the provider's queue, alert"). Only an answer in the provider's own words shows that it looked at our signature: a proxy never
 * does.
 */
export function accessOf(status: number, body: Buffer, config: EightbConfig): Access {
  if (status !== 200) return httpClassOf(status, config) === 'CONFIG' ? 'refused' : 'unclear';
  const said = readResponse({ body })?.result;
  if (said === undefined) return 'unclear';
  const result = readResult(said, {}, config);
  const rule = result.kind === 'error' ? ruleOf(result.text, config) : undefined;
  return rule?.class === 'CONFIG' ? 'refused' : 'granted';
}
