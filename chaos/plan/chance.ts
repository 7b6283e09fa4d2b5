import { createHash } from 'node:crypto';

/**
 * From 0 up to 1, by the seed and the name alone: what befalls a payout does not depend on what befell the others
 * before, so that a seed plays the same faults whatever the machine's timing was.
 */
export type Chance = (name: string) => number;

export function chanceOf(seed: number): Chance {
  return (name) => createHash('sha256').update(`${seed}/${name}`).digest().readUInt32BE(0) / 2 ** 32;
}

/** One of them, by its weight. `roll`: from 0 up to 1. */
export function weighted<T>(roll: number, choices: readonly (readonly [weight: number, choice: T])[]): T {
  let left = roll * choices.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, choice] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  const last = choices.at(-1);
  if (last === undefined) throw new Error('There is nothing to choose from');
  return last[1];
}

/** From `least` up to `most`. */
export function between(roll: number, least: number, most: number): number {
  return least + roll * (most - least);
}
