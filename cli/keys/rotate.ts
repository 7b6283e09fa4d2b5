import { Argument, Command } from 'commander';
import { globalsOf, teach, type Cli } from '../cli.js';
import { usageError } from '../cli-error.js';
import { commandName } from '../command-name.js';
import { printJson, printLine } from '../io.js';
import { findRingFile } from './find-ring-file.js';
import { openRingFile, type Ring, type RingKind } from './ring-file.js';
import { whatNext, type Stage } from './what-next.js';

interface RotateOptions {
  readonly key?: string;
  readonly file?: string;
  readonly json?: true;
}

export function rotateCommand({ io, env }: Cli): Command {
  const command = new Command('rotate')
    .addArgument(new Argument('<keys>', 'which').choices(['payload', 'sealing']))
    .addArgument(new Argument('<stage>', 'what now').choices(['add', 'promote', 'retire']))
    .description(
      'Rotate a set of keys in its file, in three stages: add a key that only decrypts, promote it once every process has it, ' +
        'retire the old one once nothing is left that it encrypted.',
    )
    .option('--key <id>', 'the key to promote (default: the newest) or to retire')
    .option('--file <path>', 'where the keys are kept (default: as the environment says, or the data folder)')
    .option('--json', 'as one JSON object')
    .action(async (kind: RingKind, stage: Stage, { key, file }: RotateOptions) => {
      // `keys` has the same option, and takes it wherever it stands.
      const { json } = command.optsWithGlobals<RotateOptions>();
      const ringFile = openRingFile(file ?? (await findRingFile(kind, globalsOf(command), env)), kind);
      const before = ringFile.ring;
      const after = await turned(kind, stage, before, key);
      ringFile.write(after);
      const { publicSealingKeys } = await import('../../secrets/sealing-keys.js');
      const publicKeys = kind === 'sealing' ? publicSealingKeys(after) : undefined;
      const ids = after.keys.map(({ kid }) => kid);
      if (json) return printJson(io, { file: ringFile.path, keys: ids, publicKeys });
      for (const line of whatNext({
        kind,
        stage,
        before,
        after,
        file: ringFile.path,
        payouts: commandName(),
      })) {
        printLine(io, line);
      }
      if (publicKeys) printLine(io, `PAYOUTS_SEALING_PUBLIC_KEY='${JSON.stringify(publicKeys)}'`);
    });
  return teach(command, [
    ['payouts keys rotate payload add', 'then restart every process that has the file'],
    ['payouts keys rotate payload promote', 'then restart them again: the new key is in use'],
    ['payouts keys rotate payload retire', 'after the retention: what the old key encrypted is gone'],
  ]);
}

async function turned(kind: RingKind, stage: Stage, ring: Ring, key: string | undefined): Promise<Ring> {
  const { KeyRingError, withAdded, withPromoted, withRetired } = await import('../../secrets/key-ring.js');
  try {
    if (stage === 'promote') return withPromoted(ring, key);
    if (stage === 'retire') return withRetired(ring, key);
    if (key !== undefined)
      throw usageError('--key names a key that is there; a new one gets an id of its own.');
    return withAdded(ring, await freshRing(kind));
  } catch (error) {
    throw error instanceof KeyRingError ? usageError(`${error.message}.`) : error;
  }
}

async function freshRing(kind: RingKind): Promise<Ring> {
  if (kind === 'payload') {
    const { generatePayloadKeys } = await import('../../secrets/payload-keys.js');
    return { keys: generatePayloadKeys().keys.map((key) => ({ ...key })) };
  }
  const { generateSealingKeys } = await import('../../secrets/sealing-keys.js');
  return (await generateSealingKeys()) as Ring;
}
