import { PassThrough, Readable } from 'node:stream';
import picocolors from 'picocolors';
import { runCli } from '../../cli/run-cli.js';
import type { CliIo } from '../../cli/io.js';
import type { RowState } from '../../cli/run/row-state.js';
import type { AccountId, MerchantId, OrderId, PayoutId } from '../../domain/ids.js';
import type { Payout } from '../../domain/payout.js';

export const PLAIN = picocolors.createColors(false);
export const CARD = '2200000000000004';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command line in this process; nothing of this process's environment reaches it. */
export async function run(
  argv: readonly string[],
  { env = {}, stdin = '' }: { env?: NodeJS.ProcessEnv; stdin?: string } = {},
): Promise<Ran> {
  const { io, out, err } = recordingIo(stdin);
  const code = await runCli(argv, { io, env });
  return { code, out: out(), err: err() };
}

/** What a command is given here, and what it wrote. */
export function recordingIo(stdin = ''): { io: CliIo; out: () => string; err: () => string } {
  const [out, err] = [sink(), sink()];
  const io: CliIo = {
    stdout: out.stream,
    stderr: err.stream,
    stdin: Readable.from([stdin]),
    colors: PLAIN,
    now: () => Date.now(),
    onInterrupt: () => () => undefined,
    exit: () => undefined,
  };
  return { io, out: out.text, err: err.text };
}

function sink(): { stream: PassThrough; text: () => string } {
  const stream = new PassThrough();
  let text = '';
  stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { stream, text: () => text };
}

export function rowState(change: Partial<RowState> = {}): RowState {
  return {
    line: 2,
    merchant: 'acme',
    payoutId: 'P-001',
    amount: { minor: 10050, currency: 'RUB' },
    destination: 'card 220000******0004',
    status: 'waiting',
    ...change,
  };
}

export function payout(change: Partial<Payout> & { readonly payoutId?: PayoutId } = {}): Payout {
  return {
    merchant: 'acme' as MerchantId,
    payoutId: 'P-001' as PayoutId,
    account: 'acme-a2p' as AccountId,
    provider: 'all2pay',
    orderId: 'o-1' as OrderId,
    amount: { minor: 10050, currency: 'RUB' },
    destination: 'card 220000******0004',
    status: 'succeeded',
    version: 3,
    createdAt: '2026-07-01T09:00:00.000Z',
    updatedAt: '2026-07-01T09:00:02.000Z',
    ...change,
  };
}
