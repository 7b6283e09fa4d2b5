import type { PayoutClient } from '../../client/index.js';
import type { PayoutRequestInput } from '../../schemas/payout-request.js';

type Request = PayoutRequestInput & { readonly payoutId: string; readonly orderId: string };

/** Whoever asks again asks for another payout: nobody remembers what was asked for before. */
export function forgetful(
  create: PayoutClient['create'],
): (request: Request) => ReturnType<PayoutClient['create']> {
  const calls = new Map<string, number>();
  return (request) => {
    const { payoutId, orderId } = request;
    const times = (calls.get(payoutId) ?? 0) + 1;
    calls.set(payoutId, times);
    if (times === 1) return create(request);
    return create({ ...request, payoutId: `${payoutId}-${times}`, orderId: `${orderId}r${times}` });
  };
}
