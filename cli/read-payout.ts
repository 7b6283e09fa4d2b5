import type { Payout } from '../domain/payout.js';
import { payoutSchema } from '../schemas/payout.js';

/** A payout from the gateway's answer. The gateway has checked the ids, so they keep their names here. */
export function readPayout(answer: unknown): Payout {
  return payoutSchema.parse(answer) as unknown as Payout;
}
