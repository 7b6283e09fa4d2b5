import { userInfo } from 'node:os';
import { cliActor } from '../domain/actor.js';

/** Who works straight at Temporal or the journal from here, for the history: whoever may do that needs no key. */
export function osUser(): string {
  try {
    return cliActor(userInfo().username);
  } catch {
    // A container may run under a user id without a name.
    return cliActor(`uid ${process.getuid?.() ?? 'unknown'}`);
  }
}
