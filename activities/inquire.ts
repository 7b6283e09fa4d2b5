import { ApplicationFailure } from '@temporalio/activity';
import type { ActivityDeps } from './deps.js';
import { FAILURE } from '../domain/failure-types.js';
import type { InquiryResult, JournalInquiry, ProviderInquiry } from '../domain/inquiry.js';
import type { StoredCardKey } from '../domain/ids.js';
import { isLacking } from '../providers/port.js';

/** Asks the provider something that no payout hangs on. */
export async function inquire(
  { accounts }: ActivityDeps,
  { ask, account }: ProviderInquiry,
): Promise<InquiryResult> {
  const provider = accounts.get(account)?.provider;
  if (!provider) {
    throw ApplicationFailure.retryable(`This worker has no account ${account}`, FAILURE.misconfigured);
  }
  const signal = AbortSignal.timeout(provider.limits.callTimeoutMs);
  if (ask === 'ping') return { kind: 'ping', ...(await provider.ping(signal)) };
  if (isLacking(provider.balance)) return { kind: 'lacking', words: provider.balance.lacking };
  return { kind: 'balance', answer: await provider.balance.read(signal) };
}

/** Looks something up in the journal, or takes a stored card out of use there. */
export async function lookUp(
  { journal: { storedCards } }: ActivityDeps,
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
  }
}

function notFound({ merchant, storedCardId }: StoredCardKey): InquiryResult {
  return { kind: 'not_found', words: `There is no stored card ${merchant}/${storedCardId}` };
}
