import { between, weighted, type Chance } from './chance.js';

/** What the network does to one request to a provider and its answer. */
export type RequestFate =
  | 'deliver'
  /** The connection breaks before a byte of it reaches the provider. */
  | 'cut_before'
  /** The provider gets half of it. */
  | 'cut_within'
  /** The provider gets it, and its answer is lost. */
  | 'cut_after'
  /** Half of the answer comes through. */
  | 'cut_in_answer'
  /** It reaches the provider after the caller has given up. */
  | 'late'
  /** The answer comes after the caller has given up. */
  | 'slow_answer'
  /** The provider has it, and while the answer is on its way both workers die. */
  | 'workers_die';

/** Longer than the accounts' call timeouts, much shorter than their "not found" grace. */
export const LATE_MS = 1_800;

/** By order and by how many requests of it went before: the first ones, which move the money, meet the most. */
export function requestFate(chance: Chance, order: string, ordinal: number): RequestFate {
  const roll = chance(`request ${order} ${ordinal}`);
  if (ordinal > 2) {
    return weighted(roll, [
      [94, 'deliver'],
      [2, 'cut_before'],
      [2, 'cut_after'],
      [1, 'cut_in_answer'],
      [1, 'slow_answer'],
    ]);
  }
  return weighted(roll, [
    [71.4, 'deliver'],
    [5, 'cut_before'],
    [4, 'cut_within'],
    [6, 'cut_after'],
    [4, 'cut_in_answer'],
    [4, 'late'],
    [5, 'slow_answer'],
    [0.6, 'workers_die'],
  ]);
}

/** What the way does to one callback. */
export interface CallbackFate {
  /** Never arrives; the provider must send it again. */
  readonly isLost: boolean;
  /** Held up: callbacks of one order overtake each other. */
  readonly delayMs: number;
  /** It is taken in, but the provider never hears so. */
  readonly isAnswerLost: boolean;
  /** Comes once more, so much later. */
  readonly againAfterMs?: number | undefined;
  /** Somebody sends the opposite beside it, with the signature of the true one. */
  readonly forged: 'no' | 'before' | 'after';
}

export function callbackFate(chance: Chance, order: string, ordinal: number): CallbackFate {
  const roll: Chance = (name) => chance(`callback ${order} ${ordinal}: ${name}`);
  return {
    isLost: roll('lost') < 0.05,
    delayMs: weighted(roll('delay'), [
      [60, 0],
      [30, between(roll('delay ms'), 0, 2_000)],
      [10, between(roll('delay ms'), 2_000, 6_000)],
    ]),
    isAnswerLost: roll('answer') < 0.05,
    againAfterMs: roll('again') < 0.2 ? between(roll('again ms'), 0, 4_000) : undefined,
    forged: weighted(roll('forged'), [
      [70, 'no'],
      [20, 'before'],
      [10, 'after'],
    ]),
  };
}
