import type { StartedSubject } from '../subject.js';
import type { Role } from '../words.js';
import type { AccountSettings, PlayedRole } from './accounts.js';
import type { TwoSidedVariant } from './variants.js';

const SCHEDULES: Partial<Readonly<Record<Role, AccountSettings>>> = {
  // Not while a scenario lasts: what ends then was ended by a callback.
  called_back: { pollSchedule: [{ delayMs: 600_000, times: 1 }] },
};

/** Our side of it, for the accounts that the variant is played on. */
export function variedSettings(
  settings: Readonly<Record<PlayedRole, AccountSettings>>,
  { roles, settings: changes, roleSettings }: TwoSidedVariant,
): StartedSubject['accounts'] {
  return Object.fromEntries(
    roles.map((role) => [role, { ...settings[role], ...SCHEDULES[role], ...changes, ...roleSettings[role] }]),
  );
}
