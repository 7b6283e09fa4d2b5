import { ApplicationFailure } from '@temporalio/activity';
import type { ActivityDeps } from './deps.js';
import { FAILURE } from '../domain/failure-types.js';
import type { InquiryResult, JournalInquiry, ProviderInquiry } from '../domain/inquiry.js';
import type { PaymentKey, PayoutKey, StoredCardKey } from '../domain/ids.js';
import { isLacking } from '../providers/port.js';
import { readReport } from './payments/read-report.js';
import { askOrderStatus } from './order-status.js';
import { readList } from './read-list.js';

/** Asks the provider something that no payout hangs on. */
export async function inquire(deps: ActivityDeps, inquiry: ProviderInquiry): Promise<InquiryResult> {
  const { ask, account } = inquiry;
  const provider = deps.accounts.get(account)?.provider;
  if (!provider) {
    throw ApplicationFailure.retryable(`This worker has no account ${account}`, FAILURE.misconfigured);
  }
  const signal = AbortSignal.timeout(provider.limits.callTimeoutMs);
  switch (ask) {
    case 'ping':
      return { kind: 'ping', ...(await provider.ping(signal)) };
    case 'balance': {
      if (provider.kind === 'payment') return { kind: 'lacking', words: TELLS_NO_BALANCE };
      const { balance } = provider;
      if (isLacking(balance)) return { kind: 'lacking', words: balance.lacking };
      return { kind: 'balance', answer: await balance.read(signal) };
    }
    case 'order_status':
      return askOrderStatus(deps, inquiry.key, signal);
    case 'statement': {
      if (provider.kind === 'payment') return { kind: 'lacking', words: TELLS_NO_BALANCE };
      const { statement } = provider;
      if (isLacking(statement)) return { kind: 'lacking', words: statement.lacking };
      const answer = await readList(statement, inquiry.span, signal);
      return answer.kind === 'too_much' ? answer : { kind: 'statement', answer };
    }
    case 'payment_report': {
      if (provider.kind === 'payout') return { kind: 'lacking', words: TAKES_NO_PAYMENTS };
      return readReport(deps, provider, inquiry.span, signal);
    }
    case 'registry': {
      if (provider.kind === 'payment') return { kind: 'lacking', words: TELLS_NO_BALANCE };
      const { registry } = provider;
      if (isLacking(registry)) return { kind: 'lacking', words: registry.lacking };
      const answer = await readList(registry, inquiry.span, signal);
      return answer.kind === 'too_much' ? answer : { kind: 'registry', answer };
    }
  }
}

const TELLS_NO_BALANCE =
  'An account that takes payments tells no balance: look at its report, or at the provider’s portal';

const TAKES_NO_PAYMENTS =
  'An account that pays people has no report of payments: look at its registry or statement';

/** Looks something up in the journal, or takes a stored card out of use or settles an operation there. */
export async function lookUp(
  { journal: { payouts, storedCards, payments } }: ActivityDeps,
  inquiry: JournalInquiry,
): Promise<InquiryResult> {
  switch (inquiry.ask) {
    case 'stored_cards': {
      const { filter, limit, cursor } = inquiry;
      return { kind: 'stored_cards', ...(await storedCards.list(filter, { limit, cursor })) };
    }
    case 'stored_card': {
      const record = await storedCards.read(inquiry.key);
      return record ? { kind: 'stored_card', card: record.card } : notFound(inquiry.key);
    }
    case 'remove_stored_card': {
      const { key, actor, reason } = inquiry;
      const card = await storedCards.remove(key, { actor, reason });
      return card ? { kind: 'stored_card', card } : notFound(key);
    }
    case 'payments': {
      const { filter, limit, cursor } = inquiry;
      return { kind: 'payments', ...(await payments.list(filter, { limit, cursor })) };
    }
    case 'payout': {
      const payout = await payouts.get(inquiry.key);
      return payout ? { kind: 'payout', payout } : noPayout(inquiry.key);
    }
    case 'payment': {
      const payment = await payments.get(inquiry.key);
      return payment ? { kind: 'payment', payment } : noPayment(inquiry.key);
    }
    case 'settle_operation': {
      const { key, verdict: status, actor, reason: message } = inquiry;
      const known = await payments.get(key);
      if (!known?.operations.some(({ operationId }) => operationId === key.operationId))
        return noPayment(key);
      const reason = { code: `operator_${status}`, message };
      const by = { actor, reason: message };
      const { payment, operation } = await payments.settleOperation(key, { status, reason }, by);
      if (operation.status === status) return { kind: 'payment', payment };
      return {
        kind: 'refused',
        words: `${operation.kind} ${key.operationId} is ${operation.status}, not in review`,
      };
    }
  }
}

function noPayout({ merchant, payoutId }: PayoutKey): InquiryResult {
  return { kind: 'not_found', words: `There is no payout ${merchant}/${payoutId}` };
}

function noPayment({ merchant, paymentId }: PaymentKey): InquiryResult {
  return {
    kind: 'not_found',
    words: `There is no payment ${merchant}/${paymentId}, or no such operation on it`,
  };
}

function notFound({ merchant, storedCardId }: StoredCardKey): InquiryResult {
  return { kind: 'not_found', words: `There is no stored card ${merchant}/${storedCardId}` };
}
