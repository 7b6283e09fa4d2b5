import { Command } from 'commander';
import type { PayoutClient } from '../../client/payout-client.js';
import type { Payout } from '../../domain/payout.js';
import { globalsOf, quietExit, teach, type Cli } from '../cli.js';
import { EXIT } from '../cli-error.js';
import { findEngine } from '../context.js';
import { printJson, printLine, type CliIo } from '../io.js';
import { withClient } from '../open-client.js';
import { aboutOnePayout, type KeyOptions } from '../payout-options.js';
import { fit, plainText } from '../plain-text.js';
import { noteOf } from '../run/first-row-state.js';
import { patiently } from '../run/patiently.js';
import { timeOfDay } from '../run/plain-line.js';
import { isSettled } from '../run/row-state.js';
import { paint, signOf } from '../run/status-style.js';

interface WatchOptions extends KeyOptions {
  readonly json?: true;
}

export function watchCommand({ io, env }: Cli): Command {
  const command = aboutOnePayout(new Command('watch'))
    .description('Follow one payout until it is settled. Ctrl-C stops the watching, not the payout.')
    .option('--json', 'one JSON object per change')
    .action(async (payoutId: string, { merchant, json }: WatchOptions) => {
      const engine = findEngine(globalsOf(command), env);
      const last = await withClient(engine, (client) =>
        followPayout(client, { merchant, payoutId }, (payout) =>
          json ? printJson(io, payout) : printLine(io, changeLine(io, payout)),
        ),
      );
      if (last.status !== 'succeeded') throw quietExit(EXIT.failed);
    });
  return teach(command, [['payouts watch P-001 --merchant acme', 'exit code 0 only if it succeeds']]);
}

/** Tells every change of a payout, from how it stands now to its end. */
export async function followPayout(
  client: Pick<PayoutClient, 'get' | 'wait'>,
  key: { readonly merchant: string; readonly payoutId: string },
  onChange: (payout: Payout) => void,
): Promise<Payout> {
  const ask = <T>(call: () => Promise<T>): Promise<T> =>
    patiently(call, { patienceMs: 120_000, signal: new AbortController().signal });
  let payout = await client.get(key);
  onChange(payout);
  while (!isSettled(payout.status)) {
    const next = await ask(() => client.wait(key, { timeoutMs: 2_000 }));
    if (next.status !== payout.status || noteOf(next) !== noteOf(payout)) onChange(next);
    payout = next;
  }
  return payout;
}

function changeLine(io: CliIo, payout: Payout): string {
  const status = paint(io.colors, payout.status, `${signOf(payout.status)} ${payout.status}`);
  const note = noteOf(payout);
  return [timeOfDay(io.now()), status, ...(note ? [fit(plainText(note), 300)] : [])].join('  ');
}
