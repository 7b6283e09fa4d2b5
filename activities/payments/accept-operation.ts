import type { ActivityDeps } from '../deps.js';
import { providerAt } from '../usable-account.js';
import { planOf } from './accept-payment.js';
import type { AcceptOperationResult } from './contract.js';
import type { PaymentOperationRequest } from '../../domain/payment-operation.js';
import type { Problem } from '../../domain/problem.js';
import { parsePaymentOperation } from '../../schemas/payment-operation.js';

/** The last check of a refund, void or complete, and its first write. */
export async function acceptOperation(
  deps: ActivityDeps,
  input: { request: PaymentOperationRequest; actor: string; reason?: string | undefined },
): Promise<AcceptOperationResult> {
  const parsed = parsePaymentOperation(input.request);
  if (!parsed.ok) return { kind: 'refused', problems: parsed.problems };
  const { request } = parsed;
  const { payments } = deps.journal;
  const payment = await payments.get(request);
  if (!payment)
    return refused('paymentId', 'this merchant has no such payment', 'Check the id and the merchant');

  const provider = providerAt(deps, payment.account, 'payment');
  const isKnown = payment.operations.some(({ operationId }) => operationId === request.operationId);
  if (!isKnown && !provider) {
    return refused(
      'paymentId',
      `no worker has its account ${payment.account}`,
      'Add it to the accounts file',
    );
  }
  if (!isKnown && !provider?.operations.includes(request.kind)) {
    const words = `${payment.account} is not set up for ${request.kind}`;
    return refused('kind', words, 'Do it in the provider’s portal');
  }
  const accepted = await payments.acceptOperation(request, { actor: input.actor, reason: input.reason });
  switch (accepted.kind) {
    case 'refused':
      return refused(accepted.field, accepted.why, accepted.remedy);
    case 'conflict':
      return accepted;
    case 'accepted':
    case 'repeat': {
      const isOpen = accepted.operation.status === 'processing';
      return { ...accepted, plan: isOpen ? planOf(deps, accepted.payment) : undefined };
    }
  }
}

function refused(field: string, problem: string, remedy: string): AcceptOperationResult {
  const problems: readonly Problem[] = [{ field, problem, remedy }];
  return { kind: 'refused', problems };
}
