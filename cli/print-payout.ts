import { formatMoney } from '../domain/money.js';
import type { Payout } from '../domain/payout.js';
import { printLine, type CliIo } from './io.js';
import { pad, plainText } from './plain-text.js';
import { paint, signOf } from './run/status-style.js';

/** One payout, a line per fact; the state first, and what somebody must do right after it. */
export function printPayout(io: CliIo, payout: Payout): void {
  const { colors } = io;
  const facts: (readonly [string, string | undefined])[] = [
    ['status', paint(colors, payout.status, `${signOf(payout.status)} ${payout.status}`)],
    ['why', payout.reason && plainText(`${payout.reason.code}: ${payout.reason.message}`)],
    ['open', payout.action?.url],
    ['until', payout.action?.expiresAt],
    ['amount', formatMoney(payout.amount)],
    ['to', plainText(payout.destination)],
    ['card', payout.cardFingerprint],
    ['account', `${payout.account} (${payout.provider})`],
    ['order id', payout.orderId],
    ['reference', payout.reference],
    [
      'fee',
      payout.feeMinor === undefined ? undefined : formatMoney({ ...payout.amount, minor: payout.feeMinor }),
    ],
    ['batch', payout.batch],
    ['created', payout.createdAt],
    ['changed', payout.updatedAt],
  ];
  printLine(io, colors.bold(`${payout.merchant}/${payout.payoutId}`));
  for (const [name, value] of facts) {
    if (value !== undefined) printLine(io, `  ${colors.dim(pad(name, 9))}  ${value}`);
  }
}
