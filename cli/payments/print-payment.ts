import type { z } from 'zod';
import { formatMoney } from '../../domain/money.js';
import type { PaymentOperationView } from '../../domain/payment-operation.js';
import type { PaymentStatus } from '../../domain/payment-status.js';
import type { paymentSchema } from '../../schemas/payment.js';
import { printLine, type CliIo } from '../io.js';
import { pad, plainText } from '../plain-text.js';

/** As the gateway shows it. */
export type ShownPayment = z.output<typeof paymentSchema>;

const STYLES: Readonly<
  Record<PaymentStatus, { sign: string; color: 'cyan' | 'yellow' | 'green' | 'red' | 'magenta' | 'dim' }>
> = {
  created: { sign: '›', color: 'cyan' },
  action_required: { sign: '!', color: 'yellow' },
  processing: { sign: '›', color: 'cyan' },
  held: { sign: '=', color: 'yellow' },
  in_review: { sign: '?', color: 'magenta' },
  succeeded: { sign: '✔', color: 'green' },
  refunded: { sign: '↩', color: 'magenta' },
  cancelled: { sign: '–', color: 'dim' },
  declined: { sign: '✖', color: 'red' },
  failed: { sign: '✖', color: 'red' },
  expired: { sign: '–', color: 'yellow' },
};

export function signedPayment(status: PaymentStatus): string {
  return `${STYLES[status].sign} ${status}`;
}

export function paintPayment(colors: CliIo['colors'], status: PaymentStatus, text: string): string {
  return colors[STYLES[status].color](text);
}

/** One payment, a line per fact; the state first, and where its payer must go right after it. */
export function printPayment(io: CliIo, payment: ShownPayment): void {
  const { colors } = io;
  const { status, amount, refundedMinor, transactions, operations } = payment;
  const facts: (readonly [string, string | undefined])[] = [
    ['status', paintPayment(colors, status, signedPayment(status))],
    ['why', payment.reason && plainText(`${payment.reason.code}: ${payment.reason.message}`)],
    ['open', payment.action?.url],
    ['until', payment.action?.expiresAt],
    ['amount', formatMoney(amount)],
    [
      'given back',
      refundedMinor === undefined ? undefined : formatMoney({ ...amount, minor: refundedMinor }),
    ],
    ['purpose', payment.purpose === 'payment' ? undefined : payment.purpose],
    ['account', `${payment.account} (${payment.provider})`],
    ['order id', payment.orderId],
    ...transactions.map((one): readonly [string, string] => ['try', describeTry(one)]),
    ...operations.map((one) => [one.kind, describeOperation(one)] as const),
    ['token', payment.hasToken ? 'kept: the payer can be charged again' : undefined],
    ['created', payment.createdAt],
    ['changed', payment.updatedAt],
  ];
  printLine(io, colors.bold(`${payment.merchant}/${payment.paymentId}`));
  for (const [name, value] of facts) {
    if (value !== undefined) printLine(io, `  ${colors.dim(pad(name, 10))}  ${value}`);
  }
}

function describeTry({
  id,
  status,
  providerStatus,
  card,
  message,
}: ShownPayment['transactions'][number]): string {
  const more = [card, message].filter((text) => text !== undefined).map(plainText);
  return [`${plainText(id)}: ${status} (${plainText(providerStatus)})`, ...more].join('  ');
}

export function describeOperation({
  operationId,
  amount,
  status,
  reason,
}:
  | Pick<PaymentOperationView, 'operationId' | 'amount' | 'status' | 'reason'>
  | ShownPayment['operations'][number]): string {
  const what = amount ? `${operationId}: ${formatMoney(amount)}` : `${operationId}: all of it`;
  return `${what}, ${status}${reason ? ` (${plainText(reason.message)})` : ''}`;
}
