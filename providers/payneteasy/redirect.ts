import type { Progress, Unknown } from '../../domain/provider-answer.js';
import { unknown, type PayoutReading } from './reading.js';
import { webAddress } from '../web-address.js';

/**
 * The receiver's form (Payneteasy §6.5 `redirect-to`). How long it stays open is nowhere said; it is offered for
 * `redirectTtlSecs` and the grace after it, then the order is simply one that is being processed: never cancelled by us
 * (§10).
 */
export function redirectWait(redirectTo: string, reading: PayoutReading): Progress | Unknown {
  const url = webAddress(redirectTo);
  if (url === undefined) {
    return unknown(
      'redirect_unusable',
      'The provider wants the receiver at an address that no browser could open',
    );
  }
  const { redirectTtlSecs, formGraceSecs } = reading.config;
  if (redirectTtlSecs === 0) return { kind: 'action_required', action: { type: 'redirect', url } };
  const end = Date.parse(reading.expected.acceptedAt) + redirectTtlSecs * 1000;
  if (reading.now() > end + formGraceSecs * 1000) {
    return { kind: 'pending', detail: 'the receiver did not use the form in time' };
  }
  const expiresAt = new Date(end).toISOString();
  return { kind: 'action_required', action: { type: 'redirect', url, expiresAt } };
}
