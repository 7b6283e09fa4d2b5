import { Command } from 'commander';
import { globalsOf, teach, type Cli } from '../cli.js';
import { environmentFor } from '../context.js';

export function gatewayCommand({ env }: Cli): Command {
  const command = new Command('gateway')
    .description(
      'Run a gateway process: HTTP API, provider callbacks, browser returns. Configured by the environment.',
    )
    .action(async () => {
      const { runGateway } = await import('../../workers/run-gateway.js');
      await runGateway(environmentFor(globalsOf(command), env));
    });
  return teach(command, [
    ['TEMPORAL_ADDRESS=temporal:7233 PAYOUTS_GATEWAY_PORT=7400 payouts gateway', 'documentation at /docs'],
  ]);
}
