import { Command } from 'commander';
import { globalsOf, teach, type Cli } from '../cli.js';
import { environmentFor } from '../context.js';

export function codecServerCommand({ env }: Cli): Command {
  const command = new Command('codec-server')
    .description(
      'Run a codec server process: the Temporal UI and CLI read encrypted payloads by it. Configured by the environment.',
    )
    .action(async () => {
      const { runCodecServer } = await import('../../workers/run-codec-server.js');
      await runCodecServer(environmentFor(globalsOf(command), env));
    });
  return teach(command, [
    ['PAYOUTS_TEMPORAL_UI_URL=http://127.0.0.1:8233 payouts codec-server', 'browsers log in at /login'],
    [
      'temporal workflow show -w payout:acme:P-1 --codec-endpoint http://127.0.0.1:7401 --codec-auth "Bearer payk_…"',
      'on the command line',
    ],
  ]);
}
