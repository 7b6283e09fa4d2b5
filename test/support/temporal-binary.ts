import { inject } from 'vitest';

/** The Temporal CLI that the set-up found. @throws with every way that was tried, if there is none. */
export function temporalBinary(): string {
  const path = inject('temporalBinary');
  if (path === '') throw new Error(inject('temporalMissing'));
  return path;
}
