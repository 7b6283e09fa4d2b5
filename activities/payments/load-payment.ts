import { ApplicationFailure } from '@temporalio/activity';
import type { ActivityDeps } from '../deps.js';
import { noAccount } from '../no-account.js';
import { providerAt } from '../usable-account.js';
import { FAILURE } from '../../domain/failure-types.js';
import type { PaymentKey } from '../../domain/ids.js';
import type { PaymentRequest } from '../../domain/payment.js';
import type { StoredPayment } from '../../journal/payments/port.js';
import type { PaymentProvider, PaymentQuery } from '../../providers/payment-port.js';

export interface LoadedPayment {
  readonly stored: StoredPayment;
  readonly provider: PaymentProvider;
}

/** The journal's record of a payment, and its provider. Both exist once a payment was accepted. */
export async function loadPayment(deps: ActivityDeps, key: PaymentKey): Promise<LoadedPayment> {
  const stored = await deps.journal.payments.read(key);
  if (!stored) {
    throw ApplicationFailure.nonRetryable(
      `The journal has no payment ${key.merchant}/${key.paymentId}: is this worker connected to the right database?`,
      FAILURE.misconfigured,
    );
  }
  const provider = providerAt(deps, stored.payment.account, 'payment');
  if (!provider) throw noAccount(stored.payment.account);
  return { stored, provider };
}

/** What an adapter needs to ask about a payment. */
export function paymentQueryOf({ payment, request }: StoredPayment): PaymentQuery {
  return { orderId: payment.orderId, amount: payment.amount, withheld: withheldWords(request) };
}

/** What the provider's words must not carry into our records: the payer's data. */
function withheldWords({ payer, providerFields }: PaymentRequest): readonly string[] {
  return Object.values({ ...payer, ...providerFields }).filter((value) => typeof value === 'string');
}
