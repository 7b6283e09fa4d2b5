import { mayDo } from '../domain/roles.js';
import type { ApiKey } from '../journal/api-keys-port.js';

/** Who may see what Temporal keeps of all merchants: whoever may review, for all of them. */
export function mayRead(key: ApiKey): boolean {
  return key.merchant === undefined && mayDo(key, 'review');
}
