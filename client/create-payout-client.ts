import { randomUUID } from 'node:crypto';
import {
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type ConnectionLike,
  type ConnectionOptions,
  type WorkflowHandle,
} from '@temporalio/client';
import { accountsClient } from './accounts.js';
import { aboutPayout } from './call-words.js';
import { EngineUnavailableError, PayoutConflictError, PayoutInvalidError } from './errors.js';
import { inquire, unexpected } from './inquiries.js';
import { keepSecretBy, type OneTimeSecretsDoor } from './one-time-secrets.js';
import type { PayoutClient } from './payout-client.js';
import { paymentsClient } from './payments.js';
import { sealingKeysFrom, type SealingSource } from './sealing-source.js';
import { sealRequest, type Outgoing } from './seal-request.js';
import { payoutIfAny, payoutNotAccepted, payoutOf } from './run-state.js';
import { payoutStartOptions } from './start-options.js';
import { storedCardsClient } from './stored-cards.js';
import { temporalCalls } from './temporal-calls.js';
import { lazyTemporalConnection, type TemporalConnection } from './temporal-connection.js';
import { waitForRun } from './wait-for-run.js';
import { workflowIdOf, type PayoutKey } from '../domain/ids.js';
import type { Payout } from '../domain/payout.js';
import { isCorrectable, isFinal } from '../domain/payout-status.js';
import { standsBy } from '../domain/verdict.js';
import { parsePayoutKey } from '../schemas/payout-key.js';
import { parsePayoutRequest } from '../schemas/payout-request.js';
import type { FingerprintKey } from '../secrets/fingerprint.js';
import type { PayloadKeys } from '../secrets/payload-keys.js';
import {
  cancelUpdate,
  createUpdate,
  PAYOUT_WORKFLOW,
  resolveUpdate,
  stateQuery,
  type CreateResult,
  type PayoutInput,
  type RunState,
} from '../workflows/messages.js';

export interface PayoutClientOptions {
  /** An open connection; the caller closes it. */
  readonly connection?: ConnectionLike | undefined;
  /** Or an address to connect to. @default 'localhost:7233' */
  readonly address?: string | undefined;
  /** With more than the address: TLS, an API key (Temporal Cloud). */
  readonly connectionOptions?: ConnectionOptions | undefined;
  /** @default 'default' */
  readonly namespace?: string | undefined;
  /** Where the public key comes from that card numbers are sealed with. */
  readonly sealing: SealingSource;
  /**
   * The engine's fingerprint key, for trusted callers: repeats of a card payout are then recognised by Temporal's own
   * record, also after the payout has ended. Without it a worker compares the sealed cards while the payout runs.
   */
  readonly fingerprintKey?: FingerprintKey | undefined;
  /**
   * The engine's payload keys (PAYOUTS_PAYLOAD_KEYS), by which it encrypts all that Temporal keeps. Without them its answers cannot be
   * read, and what this client sends is readable in Temporal.
   */
  readonly payloadKeys?: PayloadKeys | undefined;
  /** Where the CVV of a source card waits for its one use. Without it, `storedCards.add` refuses a CVV. */
  readonly oneTimeSecrets?: OneTimeSecretsDoor | undefined;
  /** Who makes and changes things by this client, for their history, where a call does not say. @default `merchant:<id>` */
  readonly actor?: string | undefined;
  /** How long one call may take, in ms. `create` waits for the provider's first answer. @default 90_000 */
  readonly callTimeoutMs?: number | undefined;
}

type StartInput = PayoutInput & { readonly startId: string };

/**
 * Connects to the engine.
 *
 * @example
 * const payouts = await createPayoutClient({
 *   address: 'localhost:7233', sealing: { gatewayUrl: 'http://localhost:7400' }, payloadKeys,
 * });
 * const payout = await payouts.create({
 *   merchant: 'acme', payoutId: 'bonus-17', account: 'acme-a2p', amount: { minor: 150_000, currency: 'RUB' },
 *   destination: { type: 'card', number: '2200000000000004' },
 * });
 * if (payout.status === 'action_required') redirect(payout.action.url);
 * const settled = await payouts.wait(payout);
 *
 * @throws EngineUnavailableError if Temporal does not answer at the address
 */
export async function createPayoutClient(options: PayoutClientOptions): Promise<PayoutClient> {
  const {
    namespace = 'default',
    callTimeoutMs = 90_000,
    fingerprintKey,
    payloadKeys,
    oneTimeSecrets,
  } = options;
  const { connection, close } = options.connection
    ? { connection: options.connection, close: async () => undefined }
    : await connect({ address: options.address ?? 'localhost:7233', ...options.connectionOptions });
  const calls = temporalCalls({ connection, namespace, payloadKeys, callTimeoutMs });
  const { temporal } = calls;
  const sealingKeys = sealingKeysFrom(options.sealing);

  return {
    async create(input, { actor = options.actor } = {}) {
      const parsed = parsePayoutRequest(input);
      if (!parsed.ok) throw new PayoutInvalidError(parsed.problems);
      const outgoing = await sealRequest(parsed.request, sealingKeys, fingerprintKey);
      return calling(outgoing.request, () => start(outgoing, actor));
    },

    async get(input) {
      const key = keyOf(input);
      return asItStands(await calling(key, () => view(key)));
    },

    async wait(input, { timeoutMs, until = 'settled' } = {}) {
      const key = keyOf(input);
      const watched = {
        look: async () => payoutIfAny(key, await calling(key, () => stateOf(key))),
        isEnough: ({ status }: Payout) =>
          isFinal(status) || status === 'in_review' || (until === 'answered' && status === 'action_required'),
        ended: (signal: AbortSignal) => calls.endOf(handleOf(key), signal),
      };
      const payout = await waitForRun(watched, timeoutMs);
      if (!payout) throw payoutNotAccepted(key);
      return payout;
    },

    async cancel(input, command) {
      const key = keyOf(input);
      const answer = await commanding(key, () =>
        handleOf(key).executeUpdate(cancelUpdate, { args: [command] }),
      );
      if (!('ended' in answer)) return answer;
      const { ended } = answer;
      // The repeat of a cancel whose answer was lost.
      if (ended.status === 'cancelled') return { cancelled: true, payout: ended };
      return { cancelled: false, ...tooLate(ended) };
    },

    async resolve(input, command) {
      const key = keyOf(input);
      const answer = await commanding(key, () =>
        handleOf(key).executeUpdate(resolveUpdate, { args: [command] }),
      );
      if (!('ended' in answer)) return answer;
      const { ended } = answer;
      // The repeat of a verdict whose answer was lost.
      if (standsBy(command, ended)) return { resolved: true, payout: ended };
      return { resolved: false, ...tooLate(ended) };
    },

    storedCards: storedCardsClient(
      { ...calls, actor: options.actor },
      sealingKeys,
      oneTimeSecrets && keepSecretBy(oneTimeSecrets),
    ),
    payments: paymentsClient({ ...calls, actor: options.actor }),
    accounts: accountsClient(calls),
    close,
  };

  function handleOf(key: PayoutKey): WorkflowHandle {
    return temporal.workflow.getHandle(workflowIdOf(key));
  }

  function stateOf(key: PayoutKey): Promise<RunState> {
    return calls.query(handleOf(key), stateQuery);
  }

  function calling<T>(key: PayoutKey, call: () => Promise<T>): Promise<T> {
    return calls.calling(aboutPayout(key), call);
  }

  /** An ended payout takes no commands any more, which is an answer and no error. */
  function commanding<T>(key: PayoutKey, command: () => Promise<T>): Promise<T | { ended: Payout }> {
    return calling(key, async () => {
      try {
        return await command();
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
        return { ended: await asItStands(await view(key)) };
      }
    });
  }

  async function view(key: PayoutKey): Promise<Payout> {
    return payoutOf(key, await stateOf(key));
  }

  /** A run tells how it ended; that it was corrected since stands in the journal alone. */
  async function asItStands(payout: Payout): Promise<Payout> {
    if (!isCorrectable(payout.status)) return payout;
    const { merchant, payoutId } = payout;
    const result = await inquire(calls, { ask: 'payout', key: { merchant, payoutId } });
    if (result.kind !== 'payout') throw unexpected(result);
    return result.payout;
  }

  async function start({ request, content, callName }: Outgoing, actor: string | undefined): Promise<Payout> {
    const startId = randomUUID();
    // The same content makes the same update: a repeat is answered from Temporal's own record, at no event.
    const input = { request, content, callId: callName ?? startId, startId, actor };
    try {
      const answer = await createOrRepeat(input);
      if (answer.callId === startId) return payoutIn(answer);
      return await repeat(input, answer);
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      return endedEarlier(input);
    }
  }

  async function createOrRepeat(input: StartInput): Promise<CreateResult> {
    const { request, content, callId } = input;
    const operation = new WithStartWorkflowOperation(PAYOUT_WORKFLOW, {
      ...payoutStartOptions(input.request),
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
      // A run that failed (a refused request) or was terminated leaves the id free; any other end keeps it.
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    });
    operation.workflowHandle().catch(() => undefined);
    return temporal.workflow.executeUpdateWithStart(createUpdate, {
      updateId: `create-${callId}`,
      args: [{ request, content, callId }],
      startWorkflowOperation: operation,
    });
  }

  /** The answer was to an earlier call: what counts is how the payout stands now, and whether anybody leads it. */
  async function repeat(input: StartInput, answer: CreateResult): Promise<Payout> {
    if (answer.kind === 'payout') {
      const payout = await view(input.request);
      if (isFinal(payout.status)) return asItStands(payout);
      if (await isLed(input.request)) return payout;
    }
    return payoutIn(await createOrRepeat({ ...input, callId: input.startId }));
  }

  async function isLed(key: PayoutKey): Promise<boolean> {
    const { status } = await handleOf(key).describe();
    return status.name === 'RUNNING' || status.name === 'COMPLETED';
  }

  /** The payout has ended, and this call is no repeat of one that Temporal remembers by its content. */
  async function endedEarlier({ request, content }: StartInput): Promise<Payout> {
    const state = await stateOf(request);
    const original = payoutOf(request, state);
    const first = state.kind === 'payout' ? state.content : undefined;
    const same =
      content.exact !== undefined && first?.exact !== undefined
        ? content.exact === first.exact
        : content.looks === first?.looks;
    const now = await asItStands(original);
    if (!same) throw new PayoutConflictError(now);
    return now;
  }
}

function tooLate(payout: Payout): { why: string; payout: Payout } {
  const why = isFinal(payout.status)
    ? `It has ended: ${payout.status}`
    : `Its workflow was ended by hand while the payout was ${payout.status}; repeat the create call to take it up again`;
  return { why, payout };
}

function payoutIn(result: CreateResult): Payout {
  switch (result.kind) {
    case 'payout':
      return result.payout;
    case 'refused':
      throw new PayoutInvalidError(result.problems);
    case 'conflict':
      throw new PayoutConflictError(result.original);
  }
}

function keyOf(input: { readonly merchant: string; readonly payoutId: string }): PayoutKey {
  const parsed = parsePayoutKey(input);
  if (!parsed.ok) throw new PayoutInvalidError(parsed.problems);
  return parsed.key;
}

async function connect(options: ConnectionOptions): Promise<TemporalConnection> {
  const own = lazyTemporalConnection({ connectTimeout: '5s', ...options });
  try {
    await own.connection.ensureConnected();
    return own;
  } catch (cause) {
    await own.close();
    throw new EngineUnavailableError(
      `No Temporal server answers at ${options.address}. Start one (payouts up), or give the right address (TEMPORAL_ADDRESS)`,
      { cause },
    );
  }
}
