import { isFinal, PAYOUT_STATUSES, type PayoutStatus } from '../domain/payout-status.js';
import { NotRunYet } from './activity.js';
import type { Configuration } from './configuration.js';
import { createWorkers } from './doing.js';
import type { Fact } from './network.js';
import { createEnvironment } from './environment.js';
import { createJournal } from './journal.js';
import { lead } from './lead.js';
import { INTACT, type Machine } from './machine.js';
import { createRules } from './rules.js';
import { explore, type Found, type Space } from './search.js';
import { canonical, firstWorld, keyOf, type World } from './world.js';

/** What the exploration of one configuration came to. */
export interface Checked {
  readonly states: number;
  readonly transitions: number;
  /** The payout's statuses that were visited, and in how many joint states. */
  readonly statuses: ReadonlyMap<PayoutStatus, number>;
  /** Undefined: every rule holds everywhere. */
  readonly found?: Found | undefined;
}

/** Visits every joint state of one configuration, or stops at the first that breaks a rule. */
export async function check(config: Configuration, machine: Machine = INTACT): Promise<Checked> {
  const journal = createJournal(machine);
  const statusOf = (world: World): PayoutStatus => journal.standing(world).payout.status;
  const { states, transitions, found } = await explore(spaceOf(config, machine, journal, statusOf));
  const counts = new Map<PayoutStatus, number>();
  for (const world of states) counts.set(statusOf(world), (counts.get(statusOf(world)) ?? 0) + 1);
  const statuses = new Map(
    PAYOUT_STATUSES.flatMap((status) => {
      const count = counts.get(status);
      return count === undefined ? [] : [[status, count] as const];
    }),
  );
  return { states: states.length, transitions, statuses, found };
}

function spaceOf(
  config: Configuration,
  machine: Machine,
  journal: ReturnType<typeof createJournal>,
  statusOf: (world: World) => PayoutStatus,
): Space<World, Fact> {
  const workers = createWorkers(machine, config, journal);
  const environment = createEnvironment(machine, config, journal, workers);
  const leading = { steps: config.steps, asksAfterReview: machine.asksAfterReview };
  return {
    initial: firstWorld(journal.first, config.steps[0] ?? 'execute'),
    keyOf,
    async successors(world) {
      for (;;) {
        try {
          const moves = [...workers.moves(world), ...environment.moves(world)];
          return moves.map((move) => ({
            ...move,
            state: canonical(workers.abandon(lead(move.state, leading))),
          }));
        } catch (error) {
          if (!(error instanceof NotRunYet)) throw error;
          await error.run;
        }
      }
    },
    violation: createRules(config, journal),
    isRest: (world) => isFinal(statusOf(world)) || statusOf(world) === 'in_review',
    isEnd: (world) => isFinal(statusOf(world)),
  };
}
