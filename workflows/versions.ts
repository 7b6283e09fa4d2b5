import { patched } from '@temporalio/workflow';

/**
 * Every change of the workflows that runs of an older code must not see when they are replayed. One function each; when
 * no run from before it is left, `deprecatePatch` takes its place, and then nothing.
 */

/** A payout in review goes on asking its provider, slowly. Asked for in review alone: others have no event of it. */
export function asksInReview(): boolean {
  return patched('ask-in-review');
}
