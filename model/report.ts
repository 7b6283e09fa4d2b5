import type { Checked } from './check.js';
import type { Configuration } from './configuration.js';
import type { Found } from './search.js';

/** What one configuration explores. */
export function describeBounds(config: Configuration): string {
  const { name, steps, resendAfterNotFound, repeats, callbacks, pauses, faults, alive, attempts } = config;
  const provider = [
    repeats === 'idempotent' ? 'an idempotent provider' : 'a provider that books again',
    ...(config.asksToAct ? ['that asks to act'] : []),
    ...(config.refusesMendably ? ['that refuses mendably'] : []),
  ].join(' ');
  const still = pauses === 'any' ? 'for any time' : 'within the grace period';
  const senders = `senders die, or stand still ${still}`;
  const worst = { none: 'no crash', workers: senders, all: `${senders}; runs end and are taken up again` }[
    faults
  ];
  return [
    `${name}: ${steps.join(', ')} at ${provider}`,
    `  resend ${resendAfterNotFound}, callbacks ${callbacks}, ${worst}`,
    `  at most ${alive} run(s) of activities alive, losses up to attempt ${attempts}, grace periods up to attempt ${config.graces}`,
  ].join('\n');
}

/** What came of it. */
export function describeChecked({ states, transitions, statuses, found }: Checked): string {
  const visited = [...statuses].map(([status, count]) => `${status} ${count}`).join(', ');
  const verdict = found ? describeFound(found) : '  no rule broken, no state stuck';
  return `  ${states} states, ${transitions} transitions: ${visited}\n${verdict}`;
}

/** The shortest way to a violation. */
export function describeFound({ rule, what, trace }: Found): string {
  const steps = trace.map((label, index) => `  ${String(index + 1).padStart(4)}. ${label}`);
  return [`  ${rule} is broken: ${what}`, ...steps].join('\n');
}
