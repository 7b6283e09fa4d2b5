import type { Configuration } from './configuration.js';

/** One request, nothing sent again, at a provider that would book a second one: what most accounts are. */
const PLAIN: Configuration = {
  name: 'one step',
  steps: ['execute'],
  resendAfterNotFound: 'manual',
  repeats: 'books_again',
  asksToAct: false,
  refusesMendably: false,
  callbacks: 'none',
  pauses: 'any',
  keepsGrace: true,
  faults: 'all',
  alive: 1,
  attempts: 2,
  graces: 4,
};

/** What is explored. Each widens one thing and narrows others, so that all of it can be searched to the end. */
export const CONFIGURATIONS: readonly Configuration[] = [
  PLAIN,
  { ...PLAIN, name: 'given-up sender', faults: 'workers', alive: 2, attempts: 1 },
  { ...PLAIN, name: 'two steps', steps: ['register', 'execute'], faults: 'workers', attempts: 1 },
  { ...PLAIN, name: 'an action', asksToAct: true, attempts: 1 },
  { ...PLAIN, name: 'callbacks that hint', callbacks: 'hint', faults: 'none', alive: 2, attempts: 1 },
  { ...PLAIN, name: 'callbacks that prove', callbacks: 'proof', faults: 'none', attempts: 1 },
  {
    ...PLAIN,
    name: 'resend',
    resendAfterNotFound: 'auto',
    pauses: 'within_grace',
    faults: 'workers',
    attempts: 1,
  },
  {
    ...PLAIN,
    name: 'resend, senders may stand still',
    resendAfterNotFound: 'auto',
    repeats: 'idempotent',
    isLong: true,
    faults: 'workers',
    alive: 2,
    attempts: 0,
    graces: 1,
  },
  { ...PLAIN, name: 'never resend', resendAfterNotFound: 'never', refusesMendably: true, attempts: 1 },
  { ...PLAIN, name: 'built anew', refusesMendably: true, pauses: 'within_grace', attempts: 1 },
  {
    ...PLAIN,
    name: 'built anew, callbacks that hint',
    refusesMendably: true,
    callbacks: 'hint',
    pauses: 'within_grace',
    faults: 'none',
    alive: 2,
    attempts: 0,
    graces: 1,
  },
];

/** The one of this name. */
export function configurationNamed(name: string): Configuration {
  const found = CONFIGURATIONS.find((config) => config.name === name);
  if (!found) throw new Error(`There is no configuration "${name}"`);
  return found;
}
