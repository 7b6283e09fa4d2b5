import type { AcceptResult, JournalActivities, Plan } from './contract.js';
import type { ActivityDeps } from './deps.js';
import { makeOrderId } from './order-id.js';
import { providerAt, providerFor, unusableAccount } from './usable-account.js';
import { resolveStoredCards, type Resolved } from './stored-cards/resolve.js';
import { merchantActor } from '../domain/actor.js';
import { maskCardNumber } from '../domain/card.js';
import { describeDestination } from '../domain/destination.js';
import type { OrderId } from '../domain/ids.js';
import type { PayoutRequest, SealedPayoutRequest } from '../domain/payout-request.js';
import { isFinal } from '../domain/payout-status.js';
import type { Payout } from '../domain/payout.js';
import type { Problem } from '../domain/problem.js';
import type { PayoutProvider } from '../providers/port.js';
import { parsePayoutKey } from '../schemas/payout-key.js';
import { isSealedRequest, parsePayoutRequest } from '../schemas/payout-request.js';
import { openCard } from '../secrets/card-seal.js';
import { SealError } from '../secrets/seal.js';
import { cardFingerprint, contentFingerprint } from '../secrets/fingerprint.js';

/**
 * The last check and the first write: a request that passes is in the journal for ever, one that does not leaves
 * nothing there. A payout that the journal knows is never judged by today's rules: the same content finds the
 * original, whatever became of its account or its limits, and anything else is a conflict with it.
 */
export async function accept(
  deps: ActivityDeps,
  input: Parameters<JournalActivities['accept']>[0],
): Promise<AcceptResult> {
  const parsed = parsePayoutRequest(input.request);
  if (!parsed.ok) return refuse(deps, input.request, parsed.problems);
  const { request } = parsed;
  if (!isSealedRequest(request)) return refuse(deps, request, [UNSEALED]);
  const opened = await open(deps, request);
  if (!opened.ok) return refuse(deps, request, [opened.problem]);

  const provider = providerFor(deps, request, 'payout');
  const { fingerprintKey } = deps;
  const orderId =
    request.orderId ?? makeOrderId(fingerprintKey, request.account, request, provider?.limits.madeOrderIds);
  const resolved = await resolveStoredCards(deps.journal, request);
  const problems = provider
    ? problemsOf(provider, resolved, orderId)
    : [unusableAccount(deps, request, 'payout')];
  const known = problems.length === 0 ? undefined : await deps.journal.payouts.get(request);
  if (problems.length > 0 && !known) return { kind: 'refused', problems };

  const accepted = await deps.journal.payouts.accept({
    // With the cards as the provider knows them now: what the ids come to mean later does not move this payout.
    request: resolved.request,
    provider: provider?.protocol ?? known?.provider ?? '',
    orderId,
    destination: describeDestination(request.destination),
    contentFingerprint: contentFingerprint(deps.fingerprintKey, opened.request),
    cardFingerprint: cardOf(deps, opened.request),
    actor: input.actor ?? merchantActor(request.merchant),
  });
  switch (accepted.kind) {
    case 'accepted':
    case 'repeat': {
      const { kind, payout } = accepted;
      const leading = providerAt(deps, request.account, 'payout');
      if (!leading || isFinal(payout.status)) return { kind: 'repeat', payout };
      return { kind, payout, plan: planOf(leading, request, payout) };
    }
    case 'conflict':
      return accepted;
    case 'order_id_taken':
      return { kind: 'refused', problems: [orderIdTaken(orderId)] };
  }
}

/** A request that cannot even be compared: refused, unless its id is a known payout's. */
async function refuse(
  { journal }: ActivityDeps,
  request: unknown,
  problems: readonly Problem[],
): Promise<AcceptResult> {
  const parsed = parsePayoutKey(request);
  const original = parsed.ok ? await journal.payouts.get(parsed.key) : undefined;
  return original ? { kind: 'conflict', original } : { kind: 'refused', problems };
}

function problemsOf(provider: PayoutProvider, resolved: Resolved, orderId: OrderId): readonly Problem[] {
  const problems = [...resolved.problems, ...provider.validate(resolved.request)];
  if (problems.length > 0 || provider.limits.orderIdPattern.test(orderId)) return problems;
  return [
    {
      field: 'orderId',
      problem: `the order id that we would make does not fit this account: ${provider.limits.orderIdRule}`,
      remedy: 'Give an orderId of your own that fits, or mend the pattern in the accounts file',
    },
  ];
}

function planOf(provider: PayoutProvider, request: SealedPayoutRequest, payout: Payout): Plan {
  return {
    account: payout.account,
    orderId: payout.orderId,
    steps: provider.steps(request),
    callTimeoutMs: provider.limits.callTimeoutMs,
  };
}

function cardOf({ fingerprintKey }: ActivityDeps, { destination }: PayoutRequest): string | undefined {
  return destination.type === 'card' ? cardFingerprint(fingerprintKey, destination.number) : undefined;
}

type Opened = { ok: true; request: PayoutRequest } | { ok: false; problem: Problem };

async function open(deps: ActivityDeps, request: SealedPayoutRequest): Promise<Opened> {
  const { destination } = request;
  if (destination.type !== 'card') return { ok: true, request: { ...request, destination } };
  try {
    const number = await openCard(deps.sealingKeys, destination.sealed, request);
    if (maskCardNumber(number) !== destination.masked) {
      throw new SealError('Its mask does not belong to the sealed card');
    }
    return { ok: true, request: { ...request, destination: { type: 'card', number } } };
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
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

function orderIdTaken(orderId: string): Problem {
  return {
    field: 'orderId',
    problem: `${orderId} already names another payout, payment or stored card at this account`,
    remedy: 'Leave orderId out to have one made, or choose one never used before',
  };
}
