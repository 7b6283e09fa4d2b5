import type { z } from 'zod';
import { wordsOfScope, type StopScope } from '../../domain/stop.js';
import type { stopSchema } from '../../schemas/stops.js';
import { plainText } from '../plain-text.js';

export type ShownStop = z.output<typeof stopSchema>;

/** `stop 4 of account acme-a2p`. */
export function nameOf({ id, scope }: ShownStop): string {
  return plainText(`stop ${id} of ${scopeWords(scope)}`);
}

export function scopeWords({ kind, value = '' }: ShownStop['scope']): string {
  const scope: StopScope = kind === 'all' ? { kind } : { kind, value };
  return wordsOfScope(scope);
}

/** `2026-07-01 09:00:00 by cli:olga: wrong amounts`. */
export function madeBy(at: string, actor: string, reason: string): string {
  return plainText(`${at.slice(0, 19).replace('T', ' ')} by ${actor}: ${reason}`);
}
