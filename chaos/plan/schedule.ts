import type { StopScope } from '../../domain/stop.js';
import { between, weighted, type Chance } from './chance.js';
import { stopScopeOf } from './stop-scopes.js';

/** How a connection to the journal ends: before the next statement, after it, or in the middle of its result. */
export type JournalCut = 'before' | 'after' | 'in_result';

/** One blow against a part of the engine. */
export type Blow =
  | { readonly kind: 'kill_worker'; readonly which: 0 | 1; readonly downMs: number }
  | { readonly kind: 'kill_gateway'; readonly downMs: number }
  | { readonly kind: 'kill_temporal'; readonly downMs: number }
  /** Stands still, and goes on as if nothing had been, when others have taken its work over. */
  | { readonly kind: 'freeze_worker'; readonly which: 0 | 1; readonly ms: number }
  | { readonly kind: 'cut_journal'; readonly how: JournalCut }
  | { readonly kind: 'journal_away'; readonly ms: number }
  | { readonly kind: 'provider_away'; readonly which: number; readonly ms: number }
  /** An operator stops sending, and lets it go on. */
  | { readonly kind: 'stop_button'; readonly scope: StopScope; readonly ms: number };

export interface ScheduledBlow {
  /** In ms from the start. */
  readonly atMs: number;
  readonly blow: Blow;
}

/** Later than every timeout that lets others take a frozen worker's work over (heartbeat 10 s). */
const FROZEN_MS = 13_000;

/** At most, where a run is long enough for several. */
const STOP_EVERY_MS = 90_000;

/** Blows as long as payouts come in, so far apart on average. */
export function scheduleOf(chance: Chance, spanMs: number, everyMs: number): readonly ScheduledBlow[] {
  const blows: ScheduledBlow[] = [];
  let atMs = between(chance('first blow'), 500, 2_000);
  for (let number = 1; atMs < spanMs; number += 1) {
    blows.push({ atMs, blow: blowOf((name) => chance(`blow ${number}: ${name}`)) });
    atMs += between(chance(`blow ${number}: next`), 0.2 * everyMs, 1.8 * everyMs);
  }
  const stops = Math.max(1, Math.floor(spanMs / STOP_EVERY_MS));
  for (let number = 0; number < stops; number += 1) {
    const part = (number + between(chance(`stop ${number}`), 0.3, 0.6)) / stops;
    const scope = stopScopeOf(number, chance(`stop ${number}: scope`));
    blows.push({ atMs: part * spanMs, blow: { kind: 'stop_button', scope, ms: 15_000 } });
  }
  return blows.sort((a, b) => a.atMs - b.atMs);
}

function blowOf(roll: Chance): Blow {
  const which = roll('which') < 0.5 ? 0 : 1;
  const downMs = between(roll('down'), 100, 2_000);
  return weighted<() => Blow>(roll('kind'), [
    [34, () => ({ kind: 'kill_worker', which, downMs })],
    [14, () => ({ kind: 'kill_gateway', downMs })],
    [6, () => ({ kind: 'kill_temporal', downMs })],
    [4, () => ({ kind: 'freeze_worker', which, ms: FROZEN_MS })],
    [
      28,
      () => ({
        kind: 'cut_journal',
        how: weighted<JournalCut>(roll('how'), [
          [1, 'before'],
          [1, 'after'],
          [1, 'in_result'],
        ]),
      }),
    ],
    [5, () => ({ kind: 'journal_away', ms: between(roll('ms'), 300, 3_000) })],
    [9, () => ({ kind: 'provider_away', which: roll('provider'), ms: between(roll('ms'), 500, 4_000) })],
  ])();
}
