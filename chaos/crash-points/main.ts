/**
 * Kills the worker at every await of one payout, of every provider, and looks whether it is paid once all the same.
 *
 *   npm run crash-points
 *   npm run crash-points -- --only payneteasy --lanes 4
 *   npm run crash-points -- --part 2/3
 */
import { parseArgs } from 'node:util';
import { openGround } from '../stage/ground.js';
import { isAllRight } from '../verdict/findings.js';
import { readPart, type Part } from './part.js';
import { playCrashPoints, type Played } from './play.js';

const say = (line: string): void => console.error(line);

// With `exit` the processes that were started end too.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

process.exit(await main());

async function main(): Promise<number> {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string' },
        part: { type: 'string', default: '1/1' },
        lanes: { type: 'string', default: '12' },
      },
    });
    return await crash(readPart(values.part), Number(values.lanes), values.only);
  } catch (error) {
    say(`crash-points: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
}

async function crash(part: Part, lanes: number, only: string | undefined): Promise<number> {
  const ground = await openGround('crash-points', say);
  const startedAt = Date.now();
  try {
    const played = await playCrashPoints({ ...ground, part, lanes, only, say });
    return tell(played, Date.now() - startedAt);
  } finally {
    await ground.close(false);
  }
}

function tell({ found, trials, findings }: Played, ms: number): number {
  for (const [name, list] of Object.entries(findings) as [string, readonly string[]][])
    for (const words of list) say(`${name}: ${words}`);
  // Later passings depend on how often a poll had to ask.
  const unreached = trials.filter(({ isReached, trial }) => !isReached && trial.point?.occurrence === 1);
  for (const { trial } of unreached) say(`never reached: ${trial.flow.name}, ${trial.point?.name}`);
  const count = (...statuses: string[]): number =>
    trials.filter(({ status }) => statuses.includes(status ?? '')).length;
  console.log(
    JSON.stringify({
      points: found,
      played: trials.length,
      reached: trials.filter(({ isReached }) => isReached).length,
      succeeded: count('succeeded'),
      not_paid: count('declined', 'failed', 'cancelled', 'expired'),
      in_review: count('in_review'),
      double_bookings: findings.doubleBookings.length,
      lost: findings.lost.length,
      stuck: findings.stuck.length,
      mismatches: findings.mismatches.length,
      seconds: Math.round(ms / 1_000),
    }),
  );
  return isAllRight(findings) && unreached.length === 0 ? 0 : 1;
}
