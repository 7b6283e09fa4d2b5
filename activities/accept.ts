import type { AcceptResult, Plan } from './contract.js';
import type { ActivityDeps } from './deps.js';
import { makeOrderId } from './order-id.js';
import { maskCardNumber } from '../domain/card.js';
import { describeDestination } from '../domain/destination.js';
import type { PayoutRequest, SealedPayoutRequest } from '../domain/payout-request.js';
import { isFinal } from '../domain/payout-status.js';
import type { Payout } from '../domain/payout.js';
import type { Problem } from '../domain/problem.js';
import type { PayoutProvider } from '../providers/port.js';
import { isSealedRequest, parsePayoutRequest } from '../schemas/payout-request.js';
import { CardSealError, openCard } from '../secrets/card-seal.js';
import { contentFingerprint } from '../secrets/fingerprint.js';

/**
 * The last check and the first write: a request that passes is in the journal for ever, one that does not leaves
 * nothing there. Repeatable: the same content under the same id finds the original.
 */
export async function accept(
  deps: ActivityDeps,
  input: { request: SealedPayoutRequest },
): Promise<AcceptResult> {
  const parsed = parsePayoutRequest(input.request);
  if (!parsed.ok) return { kind: 'refused', problems: parsed.problems };
  const { request } = parsed;
  if (!isSealedRequest(request)) return { kind: 'refused', problems: [UNSEALED] };

  const account = deps.accounts.get(request.account);
  if (!account || (account.merchants && !account.merchants.includes(request.merchant))) {
    return { kind: 'refused', problems: [unknownAccount(deps, request)] };
  }
  const opened = await open(deps, request);
  if (!opened.ok) return { kind: 'refused', problems: [opened.problem] };
  const problems = account.provider.validate(request);
  if (problems.length > 0) return { kind: 'refused', problems };

  const orderId = request.orderId ?? makeOrderId(request.account, request);
  const accepted = await deps.journal.payouts.accept({
    request,
    provider: account.provider.protocol,
    orderId,
    destination: describeDestination(request.destination),
    contentFingerprint: contentFingerprint(deps.fingerprintKey, opened.request),
  });
  switch (accepted.kind) {
    case 'accepted':
      return { ...accepted, plan: planOf(account.provider, request, accepted.payout) };
    case 'repeat':
      return isFinal(accepted.payout.status)
        ? accepted
        : { ...accepted, plan: planOf(account.provider, request, accepted.payout) };
    case 'conflict':
      return accepted;
    case 'order_id_taken':
      return { kind: 'refused', problems: [orderIdTaken(orderId)] };
  }
}

function planOf(provider: PayoutProvider, request: SealedPayoutRequest, payout: Payout): Plan {
  return {
    account: payout.account,
    provider: provider.protocol,
    orderId: payout.orderId,
    steps: provider.steps(request),
    callTimeoutMs: provider.limits.callTimeoutMs,
  };
}

type Opened = { ok: true; request: PayoutRequest } | { ok: false; problem: Problem };

async function open(deps: ActivityDeps, request: SealedPayoutRequest): Promise<Opened> {
  const { destination } = request;
  if (destination.type !== 'card') return { ok: true, request: { ...request, destination } };
  try {
    const number = await openCard(deps.sealingKeys, destination.sealed, request);
    if (maskCardNumber(number) !== destination.masked) {
      throw new CardSealError('Its mask does not belong to the sealed card');
    }
    return { ok: true, request: { ...request, destination: { type: 'card', number } } };
  } catch (error) {
    if (!(error instanceof CardSealError)) throw error;
    const problem = {
      field: 'destination.sealed',
      problem: error.message,
      remedy: 'Seal the card for this very payout with the current public key (/.well-known/jwks.json)',
    };
    return { ok: false, problem };
  }
}

const UNSEALED: Problem = {
  field: 'destination.number',
  problem: 'is a readable card number',
  remedy:
    'Create payouts with the client library or the HTTP API: they seal the card before it leaves the caller',
};

function unknownAccount({ accounts }: ActivityDeps, { account, merchant }: SealedPayoutRequest): Problem {
  const usable = [...accounts]
    .filter(([, { merchants }]) => !merchants || merchants.includes(merchant))
    .map(([id]) => id);
  return {
    field: 'account',
    problem: `there is no account ${account} that ${merchant} may pay from`,
    remedy:
      usable.length > 0
        ? `Use one of: ${usable.join(', ')}`
        : `Configure one for ${merchant} in the accounts file`,
  };
}

function orderIdTaken(orderId: string): Problem {
  return {
    field: 'orderId',
    problem: `${orderId} already names another payout at this account`,
    remedy: 'Leave orderId out to have one made, or choose one never used before',
  };
}
