import type { PaymentsClient } from '../../client/payments-client.js';
import { formatMoney } from '../../domain/money.js';
import type { Payment } from '../../domain/payment.js';
import type { Action } from '../../domain/provider-answer.js';
import type { PaymentRequestInput } from '../../schemas/payment-request.js';
import { CliError, EXIT } from '../cli-error.js';
import { printJson, printLine, type CliIo } from '../io.js';
import { paymentFromJson } from '../payments/create-input.js';
import { paintPayment, signedPayment } from '../payments/print-payment.js';
import { plainText } from '../plain-text.js';
import { packageFile } from '../package-file.js';
import { visitPage, type TypedCard } from './visitor.js';

const REQUEST = packageFile('examples', 'payments', 'order-1.json');
const PATIENCE_MS = 30_000;

/** The page's first card is declined, the second one pays: one order, two transactions. */
const CARDS: readonly TypedCard[] = [
  { number: '5555555555555599', expiry: '12/31', code: '222', holder: 'ANNA BERZINA' },
  { number: '4111111111111111', expiry: '12/31', code: '123', holder: 'ANNA BERZINA' },
];

/** A fifth of it goes back afterwards. */
const GIVEN_BACK = 5;

/** Takes one payment on the provider's page and gives a part of it back; says what happened. */
export async function takeDemoPayment(io: CliIo, payments: PaymentsClient, json: boolean): Promise<Payment> {
  const request = await paymentFromJson(io, REQUEST);
  const taken = await takePayment(payments, request);
  const { minor, currency } = taken.amount;
  const { operation } = await payments.refund(taken, {
    operationId: 'part-back',
    amount: { minor: Math.round(minor / GIVEN_BACK), currency },
  });
  const payment = await payments.get(taken);
  if (json) {
    printJson(io, { payment });
    return payment;
  }
  const { colors } = io;
  const state = paintPayment(colors, payment.status, signedPayment(payment.status));
  printLine(io, `Took ${payment.paymentId}  ${formatMoney(payment.amount)}  ${state}  at ${payment.account}`);
  for (const { id, status, card, message } of payment.transactions) {
    const words = [id, status, card, message].filter((text) => text !== undefined).map(plainText);
    printLine(io, `  try ${words.join('  ')}`);
  }
  const back = { minor: payment.refundedMinor ?? 0, currency };
  printLine(io, `  given back ${formatMoney(back)} of it: ${operation.status}`);
  return payment;
}

/**
 * Takes one payment; the scripted visitor is its payer.
 *
 * @throws CliError if it has not succeeded in the end
 */
async function takePayment(payments: PaymentsClient, request: PaymentRequestInput): Promise<Payment> {
  const created = await payments.create(request);
  const answered = await payments.wait(created, { timeoutMs: PATIENCE_MS, until: 'answered' });
  if (answered.action) await pay(answered, answered.action, request);
  const payment = await payments.wait(created, { timeoutMs: PATIENCE_MS });
  if (payment.status === 'succeeded') return payment;
  const why = payment.reason ? ` (${payment.reason.code}: ${plainText(payment.reason.message)})` : '';
  throw notTaken(payment, `it is ${payment.status}${why}`);
}

async function pay(payment: Payment, action: Action, { returnUrls }: PaymentRequestInput): Promise<void> {
  try {
    await visitPage({
      action,
      visit: 'complete',
      cards: CARDS,
      returnUrls: [returnUrls.success, returnUrls.failure].filter((url) => url !== undefined),
    });
  } catch (cause) {
    throw notTaken(payment, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function notTaken({ paymentId, account }: Payment, words: string, cause?: unknown): CliError {
  return new CliError(EXIT.failed, `The payment ${paymentId} was not taken by account ${account}: ${words}`, {
    cause,
  });
}
