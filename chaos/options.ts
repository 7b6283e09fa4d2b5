import { parseArgs } from 'node:util';
import { BROKEN_RULES, type BrokenRule } from './broken/rules.js';

export interface ChaosOptions {
  readonly payouts: number;
  readonly seed: number;
  /** Over how long payouts come in. */
  readonly spanMs: number;
  /** From one blow to the next, on average. */
  readonly blowEveryMs: number;
  readonly json: boolean;
  readonly broken?: BrokenRule | undefined;
  /** Keep logs and databases there; otherwise only of a run that failed. */
  readonly keep: boolean;
}

export class UsageError extends Error {}

export const USAGE = `Usage: npm run chaos -- [options]

  --payouts N     how many payouts (default 200)
  --seed S        what happens to them: the same seed plays the same faults (default: a new one)
  --minutes M     over how long they come in (default: 5 a second)
  --blow-every S  seconds from one blow to the next, on average (default 2.5)
  --break RULE    take a money rule away; the run must then fail. One of:
                  ${Object.keys(BROKEN_RULES).join(', ')}
  --json          nothing but the result
  --keep          keep logs and databases of a run that was right, too

Exit code 0: every payout ended or waits for a person, none was paid twice, nothing was lost. 1: otherwise. 2: bad usage.`;

/** A million payouts and a day are more than one machine plays. */
const MOST_PAYOUTS = 1_000_000;
const MOST_MINUTES = 1_440;
const PER_SECOND = 5;

export function readOptions(args: readonly string[]): ChaosOptions | 'help' {
  const values = parsed(args);
  if (values.help) return 'help';
  const payouts = whole('payouts', values.payouts ?? '200', 1, MOST_PAYOUTS);
  const seed =
    values.seed === undefined
      ? Math.floor(Math.random() * 1_000_000)
      : whole('seed', values.seed, 0, Number.MAX_SAFE_INTEGER);
  const broken = values.break;
  if (broken !== undefined && !isRule(broken)) {
    throw new UsageError(
      `--break ${broken}: there is no such rule. Use one of ${Object.keys(BROKEN_RULES).join(', ')}.`,
    );
  }
  return {
    payouts,
    seed,
    spanMs: spanOf(values.minutes, payouts),
    blowEveryMs: blowEveryOf(values['blow-every'] ?? '2.5'),
    json: values.json ?? false,
    broken,
    keep: values.keep ?? false,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        payouts: { type: 'string' },
        seed: { type: 'string' },
        minutes: { type: 'string' },
        'blow-every': { type: 'string' },
        break: { type: 'string' },
        json: { type: 'boolean' },
        keep: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function spanOf(minutes: string | undefined, payouts: number): number {
  if (minutes === undefined) return Math.max((payouts / PER_SECOND) * 1_000, 10_000);
  const value = Number(minutes);
  if (!(value > 0 && value <= MOST_MINUTES)) {
    throw new UsageError(`--minutes ${minutes}: give a number above 0 and at most ${MOST_MINUTES}.`);
  }
  return value * 60_000;
}

function blowEveryOf(seconds: string): number {
  const value = Number(seconds);
  if (!(value >= 0.5 && value <= 3_600)) {
    throw new UsageError(`--blow-every ${seconds}: give seconds, from 0.5 to 3600.`);
  }
  return value * 1_000;
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(`--${name} ${text}: give a whole number from ${least} to ${most}.`);
}

function isRule(name: string): name is BrokenRule {
  return Object.hasOwn(BROKEN_RULES, name);
}
