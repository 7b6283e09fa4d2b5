import { setCurrentDetails } from '@temporalio/workflow';
import { formatMoney } from '../domain/money.js';
import type { OperatedPayment } from '../activities/payments/contract.js';
import type { Payment } from '../domain/payment.js';

/** The payment's present state for the Temporal UI; costs no history. Nothing of the payer, and no page's address. */
export function describePayment(payment: Payment): void {
  const { status, amount, orderId, account, provider, reason, transactions, refundedMinor } = payment;
  const lines = [
    ...(status === 'in_review'
      ? ['**A person must decide**: settle its operation, or resolve the payment.']
      : []),
    `**${status}** · ${formatMoney(amount)}`,
    `order \`${orderId}\` at ${account} (${provider})`,
    ...(reason ? [`why: ${reason.message} (\`${reason.code}\`)`] : []),
    ...transactions.map(
      ({ id, status: its, providerStatus }) => `transaction \`${id}\`: ${its} (${providerStatus})`,
    ),
    ...(refundedMinor === undefined
      ? []
      : [`given back: ${formatMoney({ minor: refundedMinor, currency: amount.currency })}`]),
  ];
  setCurrentDetails(lines.join('\n\n'));
}

export function describeOperation({ operation, payment }: OperatedPayment): void {
  const { kind, amount, transactionId, status, reason } = operation;
  const what = amount ? `${kind} of ${formatMoney(amount)}` : kind;
  const lines = [
    ...(status === 'in_review' ? ['**A person must decide**: look at the provider, then settle it.'] : []),
    `**${status}** · ${what}, transaction \`${transactionId}\``,
    `payment ${payment.merchant}/${payment.paymentId}: ${payment.status}`,
    ...(reason ? [`why: ${reason.message} (\`${reason.code}\`)`] : []),
  ];
  setCurrentDetails(lines.join('\n\n'));
}
