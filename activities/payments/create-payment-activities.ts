import type { ActivityDeps } from '../deps.js';
import { heartbeating, naming } from '../guards.js';
import { providerAt } from '../usable-account.js';
import { acceptOperation } from './accept-operation.js';
import { acceptPayment } from './accept-payment.js';
import { askPayment, awaitPayment } from './ask-payment.js';
import type { PaymentJournalActivities, PaymentProviderActivities } from './contract.js';
import { awaitOperation, operatePayment } from './operate.js';
import { startPayment } from './start-payment.js';
import { IllegalPaymentMoveError } from '../../journal/payments/port.js';

/** The journal's side of payments, for the workflow worker. */
export function createPaymentJournalActivities(deps: ActivityDeps): PaymentJournalActivities {
  const { payments } = deps.journal;
  return {
    acceptPayment: (input) => naming(acceptPayment(deps, input)),
    async changePayment({ key, to, from, reason, actor, why }) {
      try {
        const payment = await naming(payments.changeStatus(key, to, reason, { actor, reason: why }, from));
        return { changed: true, payment };
      } catch (error) {
        if (!(error instanceof IllegalPaymentMoveError)) throw error;
        const payment = await naming(payments.get(key));
        if (!payment) throw error;
        return { changed: false, why: `It cannot become ${to}: ${error.why}`, payment };
      }
    },
    async recordPaymentNews({ key, callbackId, transactions }) {
      const known = await naming(payments.get(key));
      const limits = known && providerAt(deps, known.account, 'payment')?.limits;
      const news = { transactions, mayEnd: false, graceMs: limits?.expiryGraceMs ?? Infinity };
      const by = { actor: `provider:${known?.account ?? ''}`, reason: `callback ${callbackId}` };
      return naming(payments.recordNews(key, news, by));
    },
    acceptOperation: (input) => naming(acceptOperation(deps, input)),
    reviewOperation: ({ key, reason }) =>
      naming(payments.endOperation(key, { status: 'in_review', reason }, { actor: 'engine' })),
  };
}

/** The provider's side of payments, for each account's worker. */
export function createPaymentProviderActivities(deps: ActivityDeps): PaymentProviderActivities {
  return {
    startPayment: (input) => heartbeating(() => naming(startPayment(deps, input))),
    awaitPayment: (input) => naming(awaitPayment(deps, input)),
    askPayment: (input) => naming(askPayment(deps, input)),
    operatePayment: (input) => heartbeating(() => naming(operatePayment(deps, input))),
    awaitOperation: (input) => naming(awaitOperation(deps, input)),
  };
}
