/**
 * Plays payouts through the whole engine while everything around it breaks, and then counts the money.
 *
 *   npm run chaos -- --payouts 500 --seed 7
 *   npm run chaos -- --break no-intent      # must fail: the check can
 */
import { readOptions, USAGE, UsageError, type ChaosOptions } from './options.js';
import { run, type RunResult } from './run.js';
import { openGround } from './stage/ground.js';
import { isAllRight } from './verdict/findings.js';

/** Of each kind of finding. */
const MOST_SHOWN = 20;

// With `exit` the processes that were started end too.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

process.exit(await main(process.argv.slice(2)));

async function main(args: readonly string[]): Promise<number> {
  try {
    const options = readOptions(args);
    if (options === 'help') {
      console.log(USAGE);
      return 0;
    }
    return await play(options);
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`chaos: ${error.message}\n\n${USAGE}`);
      return 2;
    }
    console.error(`chaos: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

async function play(options: ChaosOptions): Promise<number> {
  const say = options.json ? () => undefined : (line: string) => console.error(line);
  const ground = await openGround('chaos', say);
  let isRight = false;
  try {
    const result = await run({ ...options, ...ground, say });
    isRight = isAllRight(result.findings);
    if (!isRight) tell(result, ground.directory, options);
    console.log(JSON.stringify(result.summary));
    return isRight ? 0 : 1;
  } finally {
    await ground.close(!isRight || options.keep);
  }
}

function tell(
  { findings, summary }: RunResult,
  directory: string,
  { payouts, spanMs, blowEveryMs, broken }: ChaosOptions,
): void {
  for (const [name, list] of Object.entries(findings) as [string, readonly string[]][]) {
    if (list.length === 0) continue;
    console.error(`\n${name} (${list.length}):`);
    for (const words of list.slice(0, MOST_SHOWN)) console.error(`  ${words}`);
    if (list.length > MOST_SHOWN) console.error(`  and ${list.length - MOST_SHOWN} more`);
  }
  const minutes = spanMs / 60_000;
  const again = `--payouts ${payouts} --seed ${summary.seed} --minutes ${minutes} --blow-every ${blowEveryMs / 1_000}${broken ? ` --break ${broken}` : ''}`;
  console.error(`\nLogs are in ${directory}. The same faults again: npm run chaos -- ${again}\n`);
}
