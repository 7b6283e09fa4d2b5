import type { All2paySimulator, LoginOptions } from '../../simulators/index.js';
import type { StartedSubject } from '../subject.js';
import { LATE_POLLS_MS, POLLS, type Role } from '../words.js';
import type { TwoSidedVariant } from './variants.js';

/** Settings that an account takes inside of `signing`. */
const OF_SIGNING = ['signatureInput', 'hashRawBytes'];

const LATE_POLLS = { pollSchedule: [{ delayMs: LATE_POLLS_MS, times: 1 }, ...POLLS] };

/** What the provider knows of each login, the variant's answer to the open question included. */
export function variedLogins(
  logins: Readonly<Record<string, LoginOptions>>,
  { simulator: { patch, checksum, digest } }: TwoSidedVariant,
): Record<string, LoginOptions> {
  return Object.fromEntries(
    Object.entries(logins).map(([name, { callback, ...login }]) => {
      const signed = checksum === undefined ? callback : { url: callback?.url ?? '', checksum, digest };
      return [
        name,
        {
          ...login,
          variant: { ...login.variant, ...patch },
          ...(callback && { callback: signed }),
        },
      ];
    }),
  );
}

/** Our side of it, for the accounts that the variant is played on. */
export function variedSettings(
  settings: Readonly<Record<Role, object>>,
  { roles, settings: changes, simulator: { checksum } }: TwoSidedVariant,
  served: All2paySimulator,
): StartedSubject['accounts'] {
  const [inside, outside] = [true, false].map((isInside) =>
    Object.fromEntries(Object.entries(changes).filter(([name]) => OF_SIGNING.includes(name) === isInside)),
  );
  return Object.fromEntries(
    roles.map((role) => {
      const own = settings[role];
      const signing = 'signing' in own ? { signing: { ...(own.signing as object), ...inside } } : {};
      const polls = role === 'called_back' ? LATE_POLLS : { pollSchedule: POLLS };
      // Only where it is wanted: the simulator makes the key when it is first asked for it.
      const checks =
        role !== 'called_back' || checksum !== 'asymmetric'
          ? {}
          : { callbackCert: served.callbackPublicKey, callbackSecret: undefined };
      return [role, { ...own, ...polls, ...signing, ...checks, ...outside }];
    }),
  );
}
