import type { Stage } from '../chaos/stage/start-stage.js';
import { openPaymentToken } from '../secrets/payment-seal.js';
import type { MerchantId, PaymentId } from '../domain/ids.js';

/** The token that the payer's card left behind: only the workers' key opens it. */
export async function paymentToken({ journal, sealingKeys }: Stage): Promise<string> {
  const key = { merchant: 'acme' as MerchantId, paymentId: 'by-page' as PaymentId };
  const stored = await journal.payments.read(key);
  if (stored?.sealedToken === undefined) throw new Error('The payment left no token behind');
  return openPaymentToken(sealingKeys, stored.sealedToken, stored.payment);
}
