import type { Action } from '../domain/provider-answer.js';
import type { ProviderLimits } from '../providers/port.js';

/** The time to act is over, and so is the grace for a person who is just finishing. */
export function isActionOver(
  { status, action }: { readonly status: string; readonly action?: Action | undefined },
  { actionGraceMs }: Pick<ProviderLimits, 'actionGraceMs'>,
): boolean {
  if (status !== 'action_required' || action?.expiresAt === undefined) return false;
  return Date.now() > Date.parse(action.expiresAt) + actionGraceMs;
}
