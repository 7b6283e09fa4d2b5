import { setTimeout as sleep } from 'node:timers/promises';
import type { Blow, ScheduledBlow } from '../plan/schedule.js';
import type { Asked } from '../plan/stop-scopes.js';
import type { Stage } from '../stage/start-stage.js';
import { pressStopButton, type StopWindow } from './stop-button.js';

/** Strikes as the schedule says, and puts everything right again. */
export interface Saboteur {
  /** Resolves when the schedule is over and every part is up. */
  readonly done: Promise<unknown>;
  readonly kills: number;
  readonly faults: number;
  readonly stops: readonly StopWindow[];
}

/** `asked`: all that is asked for in the run, of which a stop may hold a part. */
export function startSaboteur(
  stage: Stage,
  schedule: readonly ScheduledBlow[],
  asked: readonly Asked[],
): Saboteur {
  const stops: StopWindow[] = [];
  let kills = 0;
  let faults = 0;

  async function strike(blow: Blow): Promise<void> {
    switch (blow.kind) {
      case 'kill_worker':
        if (await stage.workers[blow.which].kill(blow.downMs)) kills += 1;
        return;
      case 'kill_gateway':
        if (await stage.gateway.kill(blow.downMs)) kills += 1;
        return;
      case 'kill_temporal':
        kills += 1;
        return stage.temporal.kill(blow.downMs);
      case 'freeze_worker':
        faults += 1;
        return stage.workers[blow.which].freeze(blow.ms);
      case 'cut_journal':
        faults += 1;
        return stage.journalWay.cut(blow.how);
      case 'journal_away':
        faults += 1;
        await stage.journalWay.down();
        await sleep(blow.ms);
        return stage.journalWay.up();
      case 'provider_away': {
        faults += 1;
        const way = stage.providerWays[Math.floor(blow.which * stage.providerWays.length)];
        await way?.down();
        await sleep(blow.ms);
        return way?.up();
      }
      case 'stop_button':
        stops.push(await pressStopButton(stage, blow, asked));
    }
  }

  const done = Promise.all(
    schedule.map(async ({ atMs, blow }) => {
      await sleep(atMs);
      await strike(blow);
    }),
  );
  return {
    done,
    get kills() {
      return kills;
    },
    get faults() {
      return faults;
    },
    stops,
  };
}
