import { Command } from 'commander';
import { globalsOf, teach, type Cli } from '../cli.js';
import { environmentFor } from '../context.js';

export function workerCommand({ env }: Cli): Command {
  const command = new Command('worker')
    .description(
      'Run a worker process: it calls the providers. Configured by the environment; logs JSON to stdout.',
    )
    .action(async () => {
      const { runWorker } = await import('../../workers/run-worker.js');
      await runWorker(environmentFor(globalsOf(command), env));
    });
  return teach(command, [
    [
      'TEMPORAL_ADDRESS=temporal:7233 PAYOUTS_ACCOUNTS=accounts.yaml payouts worker',
      'SIGTERM stops it gracefully',
    ],
  ]);
}
