import { Command } from 'commander';
import { evidenceSchema } from '../../schemas/review.js';
import { globalsOf, teach, type Cli } from '../cli.js';
import { usageError } from '../cli-error.js';
import { findEngine } from '../context.js';
import { callGateway } from '../gateway-api.js';
import { printJson } from '../io.js';
import { listReviews, type ListReviewsOptions } from '../review/list-reviews.js';
import { printEvidence } from '../review/print-evidence.js';

/** The provider is asked while we wait: longer than the gateway itself waits. */
const PATIENCE_MS = 100_000;

interface ReviewOptions extends ListReviewsOptions {
  readonly ask: boolean;
}

export function reviewCommand(cli: Cli): Command {
  const { io, env } = cli;
  const command = new Command('review')
    .argument('[payout-id]', 'one payout, with all that is known of it; all that wait when left out')
    .description('What waits for a person, the longest waiting first, and what that person needs to know.')
    .option('--merchant <id>', 'of this merchant; needed with a payout id')
    .option('--account <id>', 'of the list: paid through this account')
    .option('--limit <n>', 'of the list: payouts on a page', '50')
    .option('--cursor <cursor>', 'of the list: the page after the one that named this')
    .option('--no-ask', 'of one payout: do not ask the provider how it stands now')
    .option('--json', 'one JSON object')
    .option('--csv', 'of the list: for a spreadsheet, all pages, amounts in minor units')
    .action(async (payoutId: string | undefined, { ask, ...options }: ReviewOptions) => {
      const engine = findEngine(globalsOf(command), env);
      if (payoutId === undefined) return listReviews(io, engine, options);
      const { merchant, json } = options;
      if (merchant === undefined) throw usageError('--merchant: say whose payout it is.');
      const path = `/v1/payouts/${encodeURIComponent(payoutId)}/evidence`;
      const query = { merchant, ...(ask && { ask: 'true' }) };
      const evidence = evidenceSchema.parse(
        await callGateway(engine, { path, query, timeoutMs: PATIENCE_MS }),
      );
      if (json) printJson(io, evidence);
      else printEvidence(io, evidence);
    });
  return teach(command, [
    ['payouts review', 'payouts that wait; for payments: payouts payments list --status in_review'],
    ['payouts review P-001 --merchant acme', 'what was sent, what came back, what the provider says now'],
    ['payouts review --csv > waiting.csv', 'for a spreadsheet'],
  ]);
}
