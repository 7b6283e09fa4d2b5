import { fileURLToPath } from 'node:url';
import { productCommand } from '../stage/built.js';
import type { EngineCommand } from '../stage/start-stage.js';

/** The rules that can be taken away, to see that the check fails without them (docs/reliability.md). */
export const BROKEN_RULES = {
  'resend-after-timeout': 'worker',
  'no-intent': 'worker',
  'unknown-is-failed': 'worker',
  'trust-unsigned-callbacks': 'gateway',
  'acknowledge-unstored': 'gateway',
  'forget-idempotency': 'back-end',
} as const satisfies Record<string, 'worker' | 'gateway' | 'back-end'>;

export type BrokenRule = keyof typeof BROKEN_RULES;

/** What Node runs: the product's own command, or the same with a broken rule wired in. */
export function commandOf(command: EngineCommand, broken: BrokenRule | undefined): readonly string[] {
  if (broken === undefined || BROKEN_RULES[broken] !== command) return productCommand(command);
  return ['--import', 'tsx', fileURLToPath(new URL(`${command}.ts`, import.meta.url)), broken];
}
