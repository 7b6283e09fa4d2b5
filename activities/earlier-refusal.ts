import type { Progress } from '../domain/provider-answer.js';
import { mayHaveLeft, type StoredPayout } from '../journal/port.js';
import type { ProviderLimits } from '../providers/port.js';

/**
 * May this refusal be the one that the last request was built anew to mend? Within the grace period that request may
 * not have reached the provider yet, so the refusal says nothing of it, unless its own answer pointed to one too.
 */
export function mayBeOfEarlier(
  progress: Progress | { readonly kind: 'not_found' },
  { attempts, readAt }: Pick<StoredPayout, 'attempts' | 'readAt'>,
  { notFoundGraceMs }: Pick<ProviderLimits, 'notFoundGraceMs'>,
): boolean {
  const sent = attempts.filter(mayHaveLeft);
  const last = sent.at(-1);
  if (progress.kind !== 'not_paid' || progress.mendable === undefined || !last || sent.length < 2)
    return false;
  if (Date.parse(readAt) - Date.parse(last.intentAt) >= notFoundGraceMs) return false;
  const { answer } = last;
  return answer === undefined || (answer.kind === 'unknown' && answer.suspected === undefined);
}
