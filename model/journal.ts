import type { Standing } from '../journal/decision.js';
import type { PayoutStatus } from '../domain/payout-status.js';
import type { JournalEffect, Reply } from './effect.js';
import { createInterned } from './interned.js';
import { ACCEPTED, aged, apply, type Written } from './ledger.js';
import type { Machine } from './machine.js';
import type { World } from './world.js';

/** The journal of the joint states: standings by number. */
export interface Journal {
  /** A payout that was just accepted. */
  readonly first: number;
  standing(world: World): Standing;
  /** A grace period later: the same world if nothing waits for that. */
  age(world: World): World;
  /** One statement. `index` stands in the reply for the version of every payout that it holds. */
  write(
    world: World,
    effect: JournalEffect,
    index: number,
  ): { readonly state: World; readonly reply: Reply; readonly said: Said };
}

/** What a statement did, for the trace. */
export interface Said {
  readonly before: PayoutStatus;
  readonly after: PayoutStatus;
  readonly reply: Reply;
}

/** An empty one. What was decided once is remembered: decisions are pure. */
export function createJournal(machine: Machine): Journal {
  const standings = createInterned<Standing>();
  const names = new WeakMap<JournalEffect, string>();
  const nameOf = (effect: JournalEffect): string => {
    const name = names.get(effect) ?? JSON.stringify(effect);
    names.set(effect, name);
    return name;
  };
  const decided = new Map<
    string,
    Omit<Written, 'standing'> & { standing: number; before: PayoutStatus; after: PayoutStatus }
  >();

  return {
    first: standings.idOf(ACCEPTED),
    standing: ({ journal }) => standings.at(journal.standing),
    age(world) {
      const standing = standings.idOf(aged(standings.at(world.journal.standing)));
      return standing === world.journal.standing
        ? world
        : { ...world, journal: { ...world.journal, standing } };
    },
    write(world, effect, index) {
      const { journal } = world;
      const key = `${journal.standing} ${index} ${nameOf(effect)}`;
      let done = decided.get(key);
      if (!done) {
        const standing = standings.at(journal.standing);
        const { standing: next, wrote, reply } = apply(machine, standing, effect, index);
        const { status: before } = standing.payout;
        done = { standing: standings.idOf(next), wrote, reply, before, after: next.payout.status };
        decided.set(key, done);
      }
      const { standing, wrote, reply, before, after } = done;
      const version = wrote ? journal.version + 1 : journal.version;
      return { state: { ...world, journal: { standing, version } }, reply, said: { before, after, reply } };
    },
  };
}
