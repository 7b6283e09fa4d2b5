import type { Underway } from './underway.js';

/** The slow questions while something waits for a person: one poll for each stay in review. */
export interface ReviewPoll<Result> {
  /** Starts the poll with the review, and takes it back with its end. */
  keepTo(inReview: boolean): void;
  /** Did it end since it was last looked at? */
  hasNews(): boolean;
  /** What it ended with; given once. It does not start again in this review. */
  takeNews(): Pick<Underway<Result>, 'result' | 'error'>;
}

export function createReviewPoll<Result>(start: () => Underway<Result>): ReviewPoll<Result> {
  let poll: Underway<Result> | undefined;
  let taken = false;
  const hasEnded = () => poll?.result !== undefined || poll?.error !== undefined;
  return {
    keepTo(inReview) {
      if (inReview) {
        poll ??= start();
        return;
      }
      if (!hasEnded()) poll?.stop?.();
      poll = undefined;
      taken = false;
    },
    hasNews: () => hasEnded() && !taken,
    takeNews() {
      taken = true;
      return poll ?? {};
    },
  };
}
