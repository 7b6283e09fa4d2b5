import { randomBytes } from 'node:crypto';
import { Command } from 'commander';
import { teach, type Cli } from '../cli.js';
import { printJson, printLine } from '../io.js';
import { rotateCommand } from '../keys/rotate.js';

interface KeysOptions {
  readonly json?: true;
}

export function keysCommand(cli: Cli): Command {
  const { io } = cli;
  const command = new Command('keys')
    .description("Make the engine's own keys for production. Keep what this prints like a password.")
    .option('--json', 'as one JSON object of variables')
    .action(async ({ json }: KeysOptions) => {
      const { generateSealingKeys, publicSealingKeys } = await import('../../secrets/sealing-keys.js');
      const { generatePayloadKeys } = await import('../../secrets/payload-keys.js');
      const sealing = await generateSealingKeys();
      const variables = {
        PAYOUTS_SEALING_KEYS: JSON.stringify(sealing),
        PAYOUTS_SEALING_PUBLIC_KEY: JSON.stringify(publicSealingKeys(sealing)),
        PAYOUTS_PAYLOAD_KEYS: JSON.stringify(generatePayloadKeys()),
        PAYOUTS_FINGERPRINT_KEY: randomBytes(32).toString('base64'),
      };
      if (json) return printJson(io, variables);
      for (const [name, value] of Object.entries(variables)) printLine(io, `${name}='${value}'`);
    });
  command.addCommand(rotateCommand(cli));
  return teach(command, [
    [
      '(umask 077; payouts keys > keys.env)',
      'for workers, gateway and codec server; clients need the public key and the payload keys',
    ],
  ]);
}
